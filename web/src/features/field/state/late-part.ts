import { useEffect, useState } from 'react';

/** A part of the app that is fetched by itself. */
export interface LatePart<Part> {
  /** Begins to fetch it, because it will be needed. */
  readonly fetch: () => void;
  /** @returns null until it is here. @throws what the fetching of it threw */
  readonly use: () => Part | null;
}

/** Unlike React's `lazy`, which waits a third of a second before it shows even what is here already. */
export function latePart<Part>(load: () => Promise<Part>): LatePart<Part> {
  let loading: Promise<Part> | null = null;
  let here: Part | null = null;
  const fetch = () => (loading ??= load().then((part) => (here = part)));
  const usePart = () => {
    const [found, setFound] = useState<{ part: Part | null; failure?: Error }>({ part: here });
    const waits = found.part === null;
    useEffect(() => {
      if (!waits) return;
      fetch().then(
        (part) => setFound({ part }),
        (cause: unknown) =>
          setFound({ part: null, failure: new Error('a part of the app is not here', { cause }) }),
      );
    }, [waits]);
    if (found.failure) throw found.failure;
    return found.part;
  };
  // Whoever shows the part says that it could not be fetched.
  return { fetch: () => void fetch().catch(() => undefined), use: usePart };
}
