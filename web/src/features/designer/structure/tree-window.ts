import { useEffect, useRef, useState } from 'react';
import type { RefObject, UIEvent } from 'react';

/** Every row of the tree is this high; the styles say the same. */
export const rowRem = 2;
/** Rows drawn above and below those in sight, so that scrolling meets no gap. */
const spare = 30;
/** The rows change each time so many went by, and not at each pixel. */
const stride = 10;
const usualHeight = 800;

const rowHeight = (): number =>
  rowRem * (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16);

/**
 * Which rows of the tree are drawn: hundreds of questions cost as much as those in sight. What is chosen is brought into
 * sight without asking the browser where it stands, which would make it lay out the whole page.
 * @param chosen number of the chosen row, −1 where none is
 * @returns numbers of the first row and of the one behind the last; `list` and `onScroll` are for what scrolls
 */
export function useTreeWindow(chosen: number): {
  from: number;
  to: number;
  list: RefObject<HTMLDivElement | null>;
  onScroll: (event: UIEvent<HTMLElement>) => void;
} {
  const list = useRef<HTMLDivElement>(null);
  const [rowPx] = useState(rowHeight);
  const [step, setStep] = useState(0);
  const measured = typeof ResizeObserver !== 'undefined';
  const [heightPx, setHeight] = useState(measured ? usualHeight : Infinity);
  const top = useRef(0);
  const onScroll = ({ currentTarget }: UIEvent<HTMLElement>) => {
    top.current = currentTarget.scrollTop;
    setStep(Math.floor(top.current / rowPx / stride));
  };

  useEffect(() => {
    const element = list.current;
    if (!element || !measured) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.height > 0) setHeight(entry.contentRect.height);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [measured]);

  useEffect(() => {
    const element = list.current;
    if (!element || chosen < 0 || heightPx === Infinity) return;
    const above = chosen * rowPx;
    const below = above + rowPx - heightPx;
    if (above < top.current) element.scrollTo({ top: above });
    else if (below > top.current) element.scrollTo({ top: below });
  }, [chosen, rowPx, heightPx]);

  const from = Math.max(0, step * stride - spare);
  const to = step * stride + stride + Math.ceil(heightPx / rowPx) + spare;
  return { from, to, list, onScroll };
}
