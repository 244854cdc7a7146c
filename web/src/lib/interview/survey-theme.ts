import type { ITheme } from 'survey-core';

/** The interview in the product's own colours and type, larger than SurveyJS's: it is read at arm's length. */
export const surveyTheme: ITheme = {
  themeName: 'akimetr',
  colorPalette: 'light',
  isPanelless: true,
  cssVariables: {
    '--sjs2-base-unit-font-size': '9px',
    '--sjs2-base-unit-line-height': '9px',
    '--sjs2-typography-font-family-text': "'Inter Variable', system-ui, sans-serif",
    '--sjs2-color-project-brand-400': '#3b8193',
    '--sjs2-color-project-brand-600': '#0f5468',
    '--sjs2-color-project-brand-700': '#0b4353',
    '--sjs2-color-project-brand-800': '#07323f',
    '--sjs2-color-bg-brand-secondary': '#eff6f7',
    '--sjs2-color-bg-brand-secondary-dim': '#dcebee',
    '--sjs2-color-bg-basic-primary': '#ffffff',
    '--sjs2-color-bg-basic-secondary': '#ffffff',
    '--sjs2-color-fg-basic-primary': '#1d1b19',
    '--sjs2-color-fg-basic-secondary': '#4e4943',
    '--sjs2-color-border-basic-secondary': '#857f77',
  },
};
