import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Level } from '@akimetr/api/contracts/common';
import type { Wave } from '@akimetr/api/contracts/waves';
import { localText } from '../../lib/i18n.ts';
import { useRegionChoices } from '../../lib/regions.ts';
import type { RankingFilters as Filters } from './use-ranking.ts';
import styles from './Rankings.module.css';

interface Props {
  filters: Filters;
  waves: readonly Wave[];
  wave: Wave;
  surveyed: readonly Level[];
  onChange: (patch: Partial<Filters>) => void;
}

/** Which ranking: wave, level, region; and a search within it. Every choice begins at the first page. */
export function RankingFilters({ filters, waves, wave, surveyed, onChange }: Props) {
  const { t } = useTranslation(['office', 'common']);
  const regions = useRegionChoices();
  return (
    <div className={`${styles.filters} no-print`} role="search" aria-label={t('rankings.filters')}>
      <div className={styles.levels}>
        <span className={styles.label} id="level-label">
          {t('filters.level')}
        </span>
        <SegmentedControl
          aria-labelledby="level-label"
          fullWidth
          value={filters.level}
          onChange={(level) => onChange({ level, region: '', page: '1' })}
          data={surveyed.map((level) => ({
            value: level,
            label: t(`common:levelsShort.${level}`),
          }))}
        />
      </div>
      <NativeSelect
        label={t('filters.region')}
        value={filters.region}
        disabled={filters.level === 'region'}
        onChange={(event) => onChange({ region: event.currentTarget.value, page: '1' })}
        data={[{ value: '', label: t('filters.allRegions') }, ...regions]}
      />
      <NativeSelect
        label={t('filters.wave')}
        value={wave.id}
        onChange={(event) => onChange({ wave: event.currentTarget.value, page: '1' })}
        data={waves.map(({ id, name }) => ({ value: id, label: localText(name) }))}
      />
      <TextInput
        label={t('common:actions.search')}
        placeholder={t('rankings.searchHint')}
        type="search"
        value={filters.q}
        onChange={(event) => onChange({ q: event.currentTarget.value, page: '1' })}
      />
    </div>
  );
}
