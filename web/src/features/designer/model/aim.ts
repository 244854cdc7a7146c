import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { isInside, type Path } from './document.ts';

/** What of an aim lies below the path; null where it lies elsewhere. */
export const belowPath = (aim: Path | null, path: Path): Path | null =>
  aim !== null && isInside(aim, path) ? aim.slice(path.length) : null;

/** Whether something is open: as it was last set, and at once when what was asked for stands in it. */
export function useOpen(
  first: boolean,
  aimed: Path | null,
): readonly [open: boolean, setOpen: (open: boolean) => void] {
  const [open, setOpen] = useState(first);
  const [followed, setFollowed] = useState<Path | null>(null);
  if (aimed !== null && aimed !== followed) {
    setFollowed(aimed);
    setOpen(true);
  }
  return [open, setOpen];
}

/** Aims that have been reached: a tab that is shown again later does not take the focus again. */
const reached = new WeakSet<Path>();

const editable = 'input:not([type="hidden"]), select, textarea';

/**
 * Gives the focus to the first field inside what the ref is put on, once for each aim, and brings it into sight.
 * @param aimed the aim while it is meant for this place; null while it is not
 * @param wanted a selector of the field that is meant, where it need not be the first
 */
export function useArrival<Place extends HTMLElement>(
  aimed: Path | null,
  wanted?: string,
): RefObject<Place | null> {
  const place = useRef<Place>(null);
  useEffect(() => {
    const inside = place.current;
    if (aimed === null || inside === null || reached.has(aimed)) return;
    reached.add(aimed);
    const field =
      (wanted === undefined ? null : inside.querySelector<HTMLElement>(wanted)) ??
      inside.querySelector<HTMLElement>(editable) ??
      inside.querySelector<HTMLElement>('button');
    field?.focus({ preventScroll: true });
    // jsdom lays nothing out and has no scrolling.
    (field ?? inside).scrollIntoView?.({ block: 'center' });
  }, [aimed, wanted]);
  return place;
}
