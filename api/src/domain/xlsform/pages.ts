/** Groups of a form that stand on one screen, and what stands between them, as pages. */
import type { Members } from './sheets.ts';

/**
 * Groups that a form shows on one screen are pages; what stands between them has pages of its own.
 * @param onOneScreen names of those groups
 * @returns one page at least
 */
export function pagesOf(
  elements: readonly Members[],
  onOneScreen: ReadonlySet<unknown>,
): Members[] {
  const pages: Members[] = [];
  let between: Members[] | null = null;
  for (const element of elements) {
    const { type, ...page } = element;
    if (type === 'panel' && onOneScreen.has(page.name)) {
      pages.push(page);
      between = null;
    } else {
      if (between === null) pages.push({ name: '', elements: (between = []) });
      between.push(element);
    }
  }
  const taken = new Set(pages.map(({ name }) => name));
  let number = 0;
  const nextName = () => {
    do number += 1;
    while (taken.has(`page_${number}`));
    return `page_${number}`;
  };
  if (pages.length === 0) pages.push({ name: '', elements: [] });
  return pages.map((page) => (page.name === '' ? { ...page, name: nextName() } : page));
}
