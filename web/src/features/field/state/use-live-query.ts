import { liveQuery } from 'dexie';
import { useEffect, useState } from 'react';

/**
 * What a query of the tablet's database gives now, and again after every write that concerns it, also of
 * another tab. A query that fails is thrown into the render: there is no screen without the database.
 * @param ask reads only; null while nobody looks: what is not followed is forgotten, lest it be shown when it is old
 * @param key what the query depends on; another key asks anew
 * @param known what it gives, where that was read already
 * @returns undefined while it is read the first time
 */
export function useLiveQuery<T>(
  ask: (() => Promise<T>) | null,
  key: readonly unknown[],
  known?: T,
): T | undefined {
  const [answer, setAnswer] = useState<{ value?: T; error?: Error }>(() =>
    known === undefined ? {} : { value: known },
  );
  useEffect(() => {
    if (ask === null) return;
    const watched = liveQuery(ask).subscribe(
      (value) => setAnswer({ value }),
      (error: unknown) => setAnswer({ error: new Error('the database failed', { cause: error }) }),
    );
    return () => {
      watched.unsubscribe();
      setAnswer({});
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `ask` is made anew with each render
  }, key);
  if (answer.error) throw answer.error;
  return answer.value;
}
