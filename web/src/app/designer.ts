import { loadDesignerTexts } from '../lib/designer-texts.ts';

export const designPath = '/questionnaires/:code/design';

/** The designer with its texts. */
export async function loadDesigner() {
  const [page] = await Promise.all([
    import('../features/designer/DesignPage.tsx'),
    loadDesignerTexts(),
  ]);
  return page;
}

/** All of its first screen. */
export const prepareDesigner = () =>
  Promise.all([loadDesigner(), import('../features/designer/properties/PropertyPanel.tsx')]);
