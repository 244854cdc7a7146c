/** When the app locks itself: after a while without a touch or a key, and on coming back from elsewhere. */

export const idleLimitMs = 5 * 60_000;
/** A glance at the map or a call is not yet leaving. */
export const hiddenLimitMs = 60_000;

export interface Clocks {
  /** Nobody can set it, but on some devices it stands still while they sleep. */
  readonly monotonicMs: () => number;
  /** The device's own: goes on during sleep, and somebody may set it. */
  readonly wallMs: () => number;
}

/** Measures how long ago something was, by whichever clock says more: setting one back wins nothing. */
export function stopwatch({ monotonicMs, wallMs }: Clocks): {
  readonly restart: () => void;
  readonly elapsedMs: () => number;
} {
  let since = { monotonic: monotonicMs(), wall: wallMs() };
  return {
    restart: () => (since = { monotonic: monotonicMs(), wall: wallMs() }),
    elapsedMs: () => Math.max(monotonicMs() - since.monotonic, wallMs() - since.wall),
  };
}

/** Whether something on the screen is not on the disk: asked as the browser asks before it closes a page. */
export function isUnwritten(): boolean {
  return !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

/**
 * Watches the person and the page until it is told to stop.
 * What could not be written is never thrown away by the lock: it waits until it is on the disk.
 * @param lock called when it is time
 * @returns how to stop
 */
export function watchIdleness(clocks: Clocks, lock: () => void): () => void {
  const idle = stopwatch(clocks);
  const hidden = stopwatch(clocks);
  let due = false;
  const lockWhenWritten = () => {
    due = true;
    if (!isUnwritten()) lock();
  };
  const touched = () => idle.restart();
  const look = () => {
    if (due || idle.elapsedMs() >= idleLimitMs) lockWhenWritten();
  };
  const visibility = () => {
    if (document.visibilityState === 'hidden') return hidden.restart();
    if (hidden.elapsedMs() >= hiddenLimitMs || idle.elapsedMs() >= idleLimitMs) lockWhenWritten();
  };
  const touches = ['pointerdown', 'keydown', 'input', 'wheel'] as const;
  for (const name of touches)
    window.addEventListener(name, touched, { capture: true, passive: true });
  document.addEventListener('visibilitychange', visibility);
  const timer = setInterval(look, 5_000);
  return () => {
    clearInterval(timer);
    for (const name of touches) window.removeEventListener(name, touched, { capture: true });
    document.removeEventListener('visibilitychange', visibility);
  };
}
