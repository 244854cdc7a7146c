import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';
import { branchAt, pathOfText } from '../languages/text-place.ts';
import { isInside, listOf, plainAt, type Doc, type Path } from '../model/document.ts';

/** Where a finding is mended. */
export interface Mending {
  readonly tab: 'structure' | 'scoring' | 'languages';
  /** What is chosen there. */
  readonly path: Path;
  /** What is opened and given the focus: a property, an entry of a list, a text. */
  readonly aim: Path;
}

const scoringCodes: ReadonlySet<QuestionnaireFault['code']> = new Set([
  'scoring_fault',
  'unscored',
  'no_dont_know',
  'scale_unbalanced',
  'indicator_unknown',
  'indicator_without_items',
]);

const pathFrom = (dotted: string): Path =>
  dotted
    .split('.')
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** Lists that the points of a scale are written in. */
const scaleLists = ['choices', 'rateValues', 'columns'] as const;

/** The tab, the part and the very property that a finding speaks of, in the document as it now is. */
export function mendingOf(doc: Doc, finding: QuestionnaireFault): Mending {
  const { code, params } = finding;
  const at = pathFrom(finding.path);
  const path = branchAt(doc, at)?.path ?? [];
  if (code === 'text_missing') {
    const aim = pathOfText({ path: finding.path, property: String(params.property) });
    return { tab: 'languages', path, aim };
  }
  if (scoringCodes.has(code)) return { tab: 'scoring', path, aim: [...path, 'scoring'] };
  if (code === 'scale_unlabelled') {
    const element = plainAt(doc, path);
    const list = scaleLists.find((one) => listOf(element[one]).length > 0);
    return { tab: 'structure', path, aim: [...path, list ?? 'minRateDescription'] };
  }
  // What is said of a part as a whole is mended where it has its name.
  const aim = at.length > path.length && isInside(at, path) ? at : [...path, 'name'];
  return { tab: 'structure', path, aim };
}
