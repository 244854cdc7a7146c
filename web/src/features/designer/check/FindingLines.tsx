import { useTranslation } from 'react-i18next';
import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';
import { findingWords } from '../../../lib/finding-words.ts';
import styles from './Check.module.css';

/** Findings in words, each with how bad it is. */
export function FindingLines({ findings }: { findings: readonly QuestionnaireFault[] }) {
  const { t } = useTranslation('office');
  return (
    <ul className={styles.lines}>
      {findings.map((one) => (
        <li key={`${one.path} ${one.code} ${one.message}`} data-severity={one.severity}>
          <strong>{t(`questionnaires.severities.${one.severity}`)}:</strong> {findingWords(one)}
        </li>
      ))}
    </ul>
  );
}
