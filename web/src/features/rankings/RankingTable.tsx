import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RankedAkim } from '@akimetr/api/contracts/rankings';
import { formatCount, formatInterval, formatScore } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { IntervalBar } from '../../ui/IntervalBar.tsx';
import { TierMark } from '../../ui/TierMark.tsx';
import { tierColour } from '../../ui/tier-colours.ts';
import type { Column, SortedTable } from '../../ui/use-sorted-table.ts';
import { placeOf } from './ranking-rows.ts';
import styles from './Rankings.module.css';

interface Look {
  tiers: number;
  domain: readonly [number, number];
  /** Address of an akim's profile that leads back here. */
  profile: (akimId: string) => string;
  /** Columns that the reader has turned on. */
  extra: readonly Column<RankedAkim>[];
}

/** The columns of the ranking: place with its interval first, then who, how much, how sure. */
export function useRankingColumns({ tiers, domain, profile, extra }: Look): Column<RankedAkim>[] {
  const { t } = useTranslation(['office', 'common']);
  const bar: Column<RankedAkim> = {
    id: 'bar',
    label: t('rankings.columns.bar'),
    hint: (
      <span className={styles.scale} aria-hidden>
        <span>{domain[0]}</span>
        <span>{domain[1]}</span>
      </span>
    ),
    cell: (akim) => <Bar akim={akim} {...{ domain, tiers }} />,
    width: '13rem',
    wideOnly: true,
  };
  return [
    {
      id: 'rank',
      label: t('rankings.columns.rank'),
      cell: (akim) => <Rank akim={akim} />,
      sortValue: (akim) => akim.rank,
      width: '9rem',
    },
    {
      id: 'akim',
      label: t('rankings.columns.akim'),
      cell: (akim) => <Who akim={akim} href={profile(akim.akimId)} />,
      sortValue: (akim) => localText(akim.akimName),
      naming: true,
    },
    {
      id: 'score',
      label: t('rankings.columns.score'),
      cell: (akim) => <Score akim={akim} />,
      sortValue: (akim) => akim.score,
      highestFirst: true,
      width: '9.5rem',
    },
    // The bar makes room for the columns that somebody asked for: the chart below shows the same.
    ...(extra.length === 0 ? [bar] : []),
    {
      id: 'tier',
      label: t('rankings.columns.tier'),
      cell: ({ tier }) => <TierMark tier={tier} tiers={tiers} />,
      sortValue: ({ tier }) => tier,
      width: '7.5rem',
    },
    {
      id: 'n',
      label: t('rankings.columns.n'),
      cell: ({ n }) => formatCount(n),
      sortValue: ({ n }) => n,
      highestFirst: true,
      align: 'right',
      width: '7.25rem',
    },
    ...extra,
  ];
}

interface Props extends Look {
  table: SortedTable<RankedAkim>;
  columns: Column<RankedAkim>[];
  caption: string;
}

export function RankingTable({ table, columns, caption, tiers, domain, profile, extra }: Props) {
  const { t } = useTranslation('office');
  const card = (akim: RankedAkim): ReactNode => (
    <div className={styles.card}>
      <Who akim={akim} href={profile(akim.akimId)} />
      <dl className={styles.figures}>
        <div>
          <dt>{t('rankings.columns.rank')}</dt>
          <dd>
            <Rank akim={akim} />
          </dd>
        </div>
        <div>
          <dt>{t('rankings.columns.tier')}</dt>
          <dd>
            <TierMark tier={akim.tier} tiers={tiers} />
          </dd>
        </div>
        <div>
          <dt>{t('rankings.columns.score')}</dt>
          <dd>
            <Score akim={akim} />
          </dd>
        </div>
        <div>
          <dt>{t('rankings.columns.n')}</dt>
          <dd>{formatCount(akim.n)}</dd>
        </div>
        {extra.map(({ id, label, cell }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd>{cell(akim)}</dd>
          </div>
        ))}
      </dl>
      <Bar akim={akim} {...{ domain, tiers }} />
    </div>
  );
  return <DataTable {...{ table, columns, caption, card }} />;
}

function Rank({ akim }: { akim: RankedAkim }) {
  const [best, worst] = akim.rankInterval.map((rank) => formatCount(rank));
  return (
    <span className="numeric nowrap">
      <strong>{formatCount(akim.rank)}</strong> <span className="soft">{`(${best}–${worst})`}</span>
    </span>
  );
}

function Score({ akim }: { akim: RankedAkim }) {
  return (
    <span className="numeric nowrap">
      <strong>{formatScore(akim.score)}</strong>{' '}
      <span className="soft">({formatInterval(akim.interval)})</span>
    </span>
  );
}

function Bar({ akim, domain, tiers }: { akim: RankedAkim } & Pick<Look, 'tiers' | 'domain'>) {
  return (
    <IntervalBar
      value={akim.score}
      interval={akim.interval}
      domain={domain}
      colour={tierColour(akim.tier, tiers)}
    />
  );
}

function Who({ akim, href }: { akim: RankedAkim; href: string }) {
  const place = placeOf(akim, localText);
  return (
    <>
      <Link to={href} className={styles.name}>
        {localText(akim.akimName)}
      </Link>
      {place && <span className={styles.place}>{place}</span>}
    </>
  );
}
