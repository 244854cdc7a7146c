import { useTranslation } from 'react-i18next';
import type { Custody, Device } from '@akimetr/api/contracts/devices';
import { formatCount, formatInstant, formatShare, formatSize } from '../../lib/formats.ts';
import { isMissing, rangesOf, silentDays, silentFromDays, worriesOf } from './device-state.ts';
import styles from './Devices.module.css';

/** Taken 41, received 39, missing № 17, № 23. */
export function CustodyCell({ custody }: { custody: Custody }) {
  const { t } = useTranslation('office');
  const { taken, received, onDevice, missing, missingCount } = custody;
  const listed = (numbers: readonly number[], count: number) =>
    numbers.length < count ? `${rangesOf(numbers)} …` : rangesOf(numbers);
  return (
    <ul className={styles.lines}>
      <li>{t('custody.counts', { taken: formatCount(taken), received: formatCount(received) })}</li>
      {onDevice.length > 0 && (
        <li>{t('custody.onDevice', { numbers: listed(onDevice, onDevice.length) })}</li>
      )}
      {isMissing(custody) && (
        <li className={styles.worry}>
          {t('custody.missing', { numbers: listed(missing, missingCount) })}
        </li>
      )}
    </ul>
  );
}

/** When it was heard of last; a silence of days stands out. */
export function LastSyncCell({ device, now }: { device: Device; now: Date }) {
  const { t } = useTranslation('office');
  const days = silentDays(device, now);
  if (device.report === null || days === null) {
    return (
      <ul className={styles.lines}>
        <li className={styles.worry}>{t('devices.neverSynced')}</li>
        <li className="soft">
          {t('devices.enrolledOn', { when: formatInstant(device.enrolledAt) })}
        </li>
      </ul>
    );
  }
  return (
    <ul className={styles.lines}>
      <li>{formatInstant(device.report.at)}</li>
      {days >= silentFromDays && device.revokedAt === null && (
        <li className={styles.worry}>{t('devices.silent', { count: days })}</li>
      )}
    </ul>
  );
}

/** How the tablet was at its last sync; what should be looked after stands out. */
export function StateCell({ device }: { device: Device }) {
  const { t } = useTranslation('office');
  const { report, revokedAt, revokedReason } = device;
  const worries = worriesOf(device);
  const minutes = Math.round(Math.abs(report?.clockOffsetMs ?? 0) / 60_000);
  const lines: [key: string, text: string, worry: boolean][] = report
    ? [
        ['version', t('devices.version', { version: report.appVersion }), false],
        [
          'unsent',
          t('devices.unsent', {
            unsent: formatCount(report.unsent),
            drafts: formatCount(report.drafts),
          }),
          false,
        ],
        [
          'space',
          report.freeBytes === null
            ? t('devices.spaceUnknown')
            : t('devices.space', { free: formatSize(report.freeBytes) }),
          worries.includes('space'),
        ],
        [
          'battery',
          report.battery01 === null
            ? t('devices.batteryUnknown')
            : t('devices.battery', {
                share: formatShare(Math.round(report.battery01 * 100) / 100),
              }),
          worries.includes('battery'),
        ],
        [
          'clock',
          worries.includes('clock') ? t('devices.clockOff', { minutes }) : t('devices.clockRight'),
          worries.includes('clock'),
        ],
        [
          'persistence',
          t(report.persisted === true ? 'devices.persisted' : 'devices.notPersisted'),
          worries.includes('persistence'),
        ],
      ]
    : [];
  return (
    <ul className={styles.lines}>
      {revokedAt !== null && (
        <li className={styles.worry}>
          {t('devices.revokedOn', {
            when: formatInstant(revokedAt),
            by: device.revokedBy ?? '',
            reason: revokedReason ?? '',
          })}
        </li>
      )}
      {lines.map(([key, text, worry]) => (
        <li key={key} className={worry ? styles.worry : undefined}>
          {text}
        </li>
      ))}
    </ul>
  );
}
