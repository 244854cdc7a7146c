import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { levels } from '@akimetr/api/contracts/common';
import { useRegionChoices } from '../lib/regions.ts';
import styles from './Filters.module.css';

interface Filters {
  q: string;
  level: string;
  region: string;
}

interface Props {
  filters: Filters;
  searchHint: string;
  onChange: (patch: Partial<Filters & { page: string }>) => void;
}

/** Search, level and region over a long list. Every choice begins at the first page. */
export function TerritoryFilters({ filters, searchHint, onChange }: Props) {
  const { t } = useTranslation(['office', 'common']);
  const regions = useRegionChoices();
  return (
    <div className={styles.filters} role="search">
      <TextInput
        type="search"
        label={t('common:actions.search')}
        placeholder={searchHint}
        value={filters.q}
        onChange={(event) => onChange({ q: event.currentTarget.value, page: '1' })}
      />
      <NativeSelect
        label={t('filters.level')}
        value={filters.level}
        onChange={(event) => onChange({ level: event.currentTarget.value, page: '1' })}
        data={[
          { value: '', label: t('filters.allLevels') },
          ...levels.map((one) => ({ value: one, label: t(`common:levelsShort.${one}`) })),
        ]}
      />
      <NativeSelect
        label={t('filters.region')}
        value={filters.region}
        onChange={(event) => onChange({ region: event.currentTarget.value, page: '1' })}
        data={[{ value: '', label: t('filters.allRegions') }, ...regions]}
      />
    </div>
  );
}
