import { addTexts } from '../lib/i18n.ts';

export const designPath = '/questionnaires/:code/design';

/** The designer with its texts. */
export async function loadDesigner() {
  const [page] = await Promise.all([
    import('../features/designer/DesignPage.tsx'),
    addTexts('designer', (locale) => import(`../lib/locales/${locale}/designer.json`)),
  ]);
  return page;
}

/** All of its first screen. */
export const prepareDesigner = () =>
  Promise.all([loadDesigner(), import('../features/designer/properties/PropertyPanel.tsx')]);
