import { useTranslation } from 'react-i18next';
import { currentLocale } from '../../../lib/i18n.ts';
import type { Check, Facts } from '../../../offline/readiness.ts';

/** Each check in one line: what is there, or what to do about it. */
export function CheckList({ checks, facts }: { checks: readonly Check[]; facts: Facts }) {
  const { t } = useTranslation('field');
  const { freeBytes, battery, persisted } = facts.tablet;
  const values = {
    count: facts.assignments,
    free: freeBytes === null ? t('unknown') : gigabytes(freeBytes),
    minutes: Math.round(Math.abs(facts.clockOffsetMs ?? 0) / 60_000),
    percent: Math.round((battery?.level01 ?? 0) * 100),
    hours: Math.max(0, Math.round((facts.sinceSyncMs ?? 0) / 3_600_000)),
  };
  const words = ({ name, result }: Check): string => {
    if (name === 'clock' && facts.clockOffsetMs === null) return t('clockUnknown');
    if (name === 'battery' && battery === null) return t('ready.batteryUnknown');
    if (name === 'persistence' && persisted === null) return t('ready.cannotAsk');
    if (name === 'sync' && facts.sinceSyncMs === null) return t('ready.neverSynced');
    return t(`checks.${name}.${result === 'good' ? 'good' : 'wanting'}`, values);
  };
  return (
    <ul className="checks">
      {checks.map((check) => (
        <li key={check.name} data-result={check.result}>
          {words(check)}
        </li>
      ))}
    </ul>
  );
}

const gigabytes = (bytes: number): string =>
  new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit: 'gigabyte',
    maximumFractionDigits: bytes < 1e9 ? 2 : 1,
  }).format(bytes / 1e9);
