import { useEffect, useRef, useState } from 'react';
import { gatherFacts } from '../../../offline/readiness.ts';
import type { Facts } from '../../../offline/readiness.ts';
import { useField } from './field-services.ts';
import { whenIdle } from '../../../lib/when-idle.ts';

export type FactsFound = Facts | 'unreadable';

/** What was found last, so that another screen shows it at once while it looks again. */
let lastFound: { packageId: string | null; facts: FactsFound } | null = null;

/**
 * What the tablet has for the field, looked up when a new package arrived, a sync ended, or the app came
 * back to the front.
 * @returns null while it is looked up the first time
 */
export function useFacts(packageId: string | null, running: boolean): FactsFound | null {
  const { db } = useField();
  const [facts, setFacts] = useState<FactsFound | null>(() =>
    lastFound?.packageId === packageId ? lastFound.facts : null,
  );
  const look = useRef(() => {});
  useEffect(() => {
    let left = false;
    let looking = false;
    const show = (found: FactsFound) => {
      looking = false;
      lastFound = { packageId, facts: found };
      if (!left) setFacts(found);
    };
    look.current = () => {
      if (left || looking) return;
      looking = true;
      void gatherFacts(db, new Date()).then(show, () => show('unreadable'));
    };
    const again = () => look.current();
    const cancel = whenIdle(again);
    const workers = (navigator as Partial<Navigator>).serviceWorker;
    // The first time, the app is still being put onto the device.
    void workers?.ready.then(again);
    document.addEventListener('visibilitychange', again);
    return () => {
      left = true;
      cancel();
      document.removeEventListener('visibilitychange', again);
    };
  }, [db, packageId]);
  // What is under way when another sync begins is still shown: without network one try follows the other.
  useEffect(() => (running ? undefined : whenIdle(() => look.current())), [running]);
  return facts;
}
