import { useTranslation } from 'react-i18next';
import type { OfficeChange } from '@akimetr/api/contracts/changes';
import { formatChange, formatDay } from '../lib/formats.ts';

const arrows = { rise: '▲', fall: '▼', no_change_told: '' } as const;

/** What became of an office since the wave before: never a difference without its interval and what may be said of it. */
export function ChangeMark({ change }: { change: OfficeChange }) {
  const { t } = useTranslation('office');
  switch (change.kind) {
    case 'only_after':
      return <span className="soft">{t('changes.onlyAfter')}</span>;
    case 'hand_over':
      return (
        <span className="soft">{t('changes.handOver', { from: formatDay(change.from) })}</span>
      );
    case 'change':
      return (
        <span className="numeric">
          <span className="nowrap">{formatChange(change.difference, change.interval)}</span>
          <br />
          <span className={change.verdict === 'no_change_told' ? 'soft' : undefined}>
            {arrows[change.verdict] && <span aria-hidden>{arrows[change.verdict]} </span>}
            {t(`changes.${change.verdict}`)}
          </span>
        </span>
      );
  }
}
