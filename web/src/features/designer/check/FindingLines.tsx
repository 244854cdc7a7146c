import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';
import { useFindingWords } from '../../../lib/use-finding-words.ts';
import { useDesignerStore } from '../model/designer-store.ts';
import { mendingOf } from './mending.ts';
import styles from './Check.module.css';

/** Opens the place that a finding speaks of. */
export function useMend(): (finding: QuestionnaireFault) => void {
  const store = useDesignerStore();
  const [, setParams] = useSearchParams();
  return (finding) => {
    const { tab, path, aim } = mendingOf(store.doc(), finding);
    store.open(path, aim);
    setParams({ tab });
  };
}

/** Findings in words, each with how bad it is; each opens what it speaks of. */
export function FindingLines({ findings }: { findings: readonly QuestionnaireFault[] }) {
  const { t } = useTranslation('office');
  const wordsOf = useFindingWords();
  const mend = useMend();
  return (
    <ul className={styles.lines}>
      {findings.map((one) => (
        <li key={`${one.path} ${one.code} ${one.message}`} data-severity={one.severity}>
          <button type="button" onClick={() => mend(one)}>
            <strong>{t(`questionnaires.severities.${one.severity}`)}:</strong> {wordsOf(one)}
          </button>
        </li>
      ))}
    </ul>
  );
}
