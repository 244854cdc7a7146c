import styles from './IntervalBar.module.css';

interface Props {
  value: number;
  interval: readonly [number, number];
  /** What the left and the right end stand for, the same in every bar that is compared. */
  domain: readonly [number, number];
  colour: string;
}

/** A point with its interval, thin enough for a table. The figures stand beside it, so it is hidden from screen readers. */
export function IntervalBar({ value, interval, domain, colour }: Props) {
  const [from, to] = domain;
  const at = (x: number) => `${Math.min(100, Math.max(0, ((x - from) / (to - from)) * 100))}%`;
  const [low, high] = interval;
  return (
    <span className={styles.bar} aria-hidden>
      <span className={styles.track} />
      <span
        className={styles.interval}
        style={{ left: at(low), right: `calc(100% - ${at(high)})`, background: colour }}
      />
      <span className={styles.point} style={{ left: at(value), background: colour }} />
    </span>
  );
}
