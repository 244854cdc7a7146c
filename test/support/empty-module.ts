/** Stands for style sheets and fonts, which jest does not load. */
export default {};
