import { useTranslation } from 'react-i18next';
import type { QuestionnaireFault } from '@akimetr/api/contracts/questionnaires';
import styles from './Check.module.css';

/** Findings in words, each with how bad it is. */
export function FindingLines({ findings }: { findings: readonly QuestionnaireFault[] }) {
  const { t } = useTranslation('office');
  return (
    <ul className={styles.lines}>
      {findings.map(({ path, code, params, severity, message }) => (
        <li key={`${path} ${code} ${message}`} data-severity={severity}>
          <strong>{t(`questionnaires.severities.${severity}`)}:</strong>{' '}
          {t(`findings.${code}`, params)}
        </li>
      ))}
    </ul>
  );
}
