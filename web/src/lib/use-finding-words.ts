import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';
import { findingWords } from './finding-words.ts';
import { useLabels } from './labels.ts';
import { useTextName } from './text-name.ts';

/** A finding in the words of the designer's property panel, whose texts must be there. */
export function useFindingWords(): (
  finding: Pick<QuestionnaireFault, 'code' | 'params'>,
) => string {
  const property = useTextName();
  const { type } = useLabels();
  return (finding) => findingWords(finding, { property, type });
}
