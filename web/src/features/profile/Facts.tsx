import { Fragment } from 'react';
import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Akim } from '@akimetr/api/contracts/akims';
import { formatDay } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import styles from './Profile.module.css';

/** How and when the office was taken. What is not known is left out rather than guessed. */
export function Facts({ akim }: { akim: Akim }) {
  const { t } = useTranslation(['office', 'common']);
  const facts: [string, string | null][] = [
    [t('akims.office'), localText(akim.territoryName)],
    [t('akims.level'), t(`common:levelsShort.${akim.level}`)],
    [t('akims.tookOffice'), t(`akims.took.${akim.tookOffice}`)],
    [t('akims.nominatedBy'), akim.nominatedBy && t(`akims.nominated.${akim.nominatedBy}`)],
    [t('akims.since'), formatDay(akim.from)],
    [t('akims.until'), akim.to && formatDay(akim.to)],
    [t('akims.term'), String(akim.term)],
    [
      t('akims.civilService'),
      akim.civilServiceBefore === null
        ? null
        : t(akim.civilServiceBefore ? 'akims.yes' : 'akims.no'),
    ],
    [t('akims.birthYear'), akim.birthYear === null ? null : String(akim.birthYear)],
  ];
  return (
    <section className={styles.section}>
      <Title order={2}>{t('profile.tenure')}</Title>
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
      </dl>
    </section>
  );
}
