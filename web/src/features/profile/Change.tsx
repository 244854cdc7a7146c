import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { getChanges } from '@akimetr/api/contracts/changes';
import type { Profile } from '@akimetr/api/contracts/rankings';
import { useApi } from '../../lib/api-hooks.ts';
import { formatDay, formatShare } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { ChangeMark } from '../../ui/ChangeMark.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import styles from './Profile.module.css';

/** What became of the office since the published wave before; nothing where there is none. */
export function Change({ profile: { akim, waveId, place } }: { profile: Profile }) {
  const { t } = useTranslation('office');
  const changes = useApi(
    getChanges,
    { params: { waveId }, query: { level: akim.level } },
    { enabled: place.rated },
  );
  if (changes.error) return <ProblemNotice error={changes.error} />;
  const { against, comparable, offices, adjustment, confidenceLevel } = changes.data ?? {};
  if (!against || !adjustment || confidenceLevel === undefined) return null;
  const wave = localText(against.waveName);
  const change = offices?.find(({ akimId }) => akimId === akim.id);
  return (
    <section className={styles.section}>
      <Title order={2}>{t('changes.title')}</Title>
      <p className="soft">
        {comparable ? t('changes.since', { wave }) : t('changes.notComparable', { wave })}
      </p>
      {change?.kind === 'hand_over' ? (
        <p>
          {t('changes.handOverLong', {
            before: localText(change.beforeName),
            from: formatDay(change.from),
          })}
        </p>
      ) : (
        change && (
          <p>
            <ChangeMark change={change} />
          </p>
        )
      )}
      {change?.kind === 'change' && (
        <p className="soft">
          {t(`changes.${adjustment}`, {
            confidence: formatShare(confidenceLevel),
            share: formatShare(Math.round((1 - confidenceLevel) * 1000) / 1000),
          })}
        </p>
      )}
    </section>
  );
}
