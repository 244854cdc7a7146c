import { foldText } from '@akimetr/api/domain/search';

/**
 * Where an akim is, in one language. Where the akim is named by the office ("Akim of X"), X is not said twice.
 * @param region empty for the akim of a region itself
 */
export function akimPlace(name: string, territory: string, region: string): string {
  const said = namesOffice(name, territory);
  return [said ? '' : territory, region].filter(Boolean).join(', ');
}

/** Whether a name is that of the office in this territory: endings differ by case, so its stem is looked for. */
function namesOffice(name: string, territory: string): boolean {
  const [folded, place] = [foldText(name), foldText(territory)];
  if (!/(^|\s)(аким|akim)/.test(folded)) return false;
  const [first = ''] = place.split(' ').filter((word) => !/^(город|район|область|г)$/.test(word));
  return first !== '' && folded.includes(first.slice(0, Math.max(4, first.length - 4)));
}
