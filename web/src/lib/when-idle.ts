/** Does the work as soon as what is on the screen now is painted. @returns how to give it up */
export function whenPainted(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => (timer = setTimeout(work)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** Does the work once the screen stands and the device has a moment, within three seconds. @returns how to give it up */
export function whenIdle(work: () => void): () => void {
  const timer = setTimeout(() => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 3_000 });
    else work();
  }, 200);
  return () => clearTimeout(timer);
}
