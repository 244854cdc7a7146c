import type { PageTimes } from '@akimetr/api/contracts/interview-circumstances';

/** Time on each page over all visits, by a clock that nobody can set. */
export interface PageClock {
  /** The interview is on this page from now on; null while no page is shown. */
  readonly turnTo: (page: string | null) => void;
  /** Milliseconds per page so far, the visit under way included. */
  readonly times: () => Readonly<Record<string, number>>;
}

export function startPageClock(
  before: Readonly<Record<string, number>>,
  monotonicNow: () => number,
): PageClock {
  const past: Record<string, number> = { ...before };
  let page: string | null = null;
  let since = monotonicNow();
  const times = () => {
    const now = { ...past };
    if (page !== null) now[page] = (now[page] ?? 0) + monotonicNow() - since;
    return now;
  };
  return {
    turnTo: (next) => {
      Object.assign(past, times());
      page = next;
      since = monotonicNow();
    },
    times,
  };
}

/** As the sealed interview carries them. */
export const asPageTimes = (times: Readonly<Record<string, number>>): PageTimes =>
  Object.entries(times).map(([page, elapsedMs]) => ({ page, elapsedMs: Math.round(elapsedMs) }));
