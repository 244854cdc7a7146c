import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRow } from '../../../offline/database.ts';
import { readinessOf } from '../../../offline/readiness.ts';
import type { Facts } from '../../../offline/readiness.ts';
import { goTo } from '../state/field-route.ts';
import { useField, useSyncState } from '../state/field-services.ts';
import { useFacts } from '../state/use-facts.ts';
import type { FactsFound } from '../state/use-facts.ts';
import { useNetwork } from '../state/use-network.ts';
import { CheckList } from './CheckList.tsx';
import { Note } from './Note.tsx';

/** Whether one may leave for days without network, in one sentence, and why not if not. */
export function ReadyCard({ account }: { account: AccountRow }) {
  const { running } = useSyncState();
  const facts = useFacts(account.packageId, running);
  const place = useRef<HTMLDivElement>(null);
  const [heightBefore] = useState(() => Number(localStorage.getItem(heightKey)));
  useLayoutEffect(() => {
    if (facts) localStorage.setItem(heightKey, String(place.current?.offsetHeight));
  }, [facts]);
  return (
    <div ref={place} style={facts ? undefined : { minHeight: heightBefore }}>
      <Verdict facts={facts} />
    </div>
  );
}

/** As high as it was the last time, until the verdict comes: nothing below moves away under a finger. */
const heightKey = 'akimetr-ready-height';

function Verdict({ facts }: { facts: FactsFound | null }) {
  const { t } = useTranslation('field');
  if (facts === 'unreadable') return <Note kind="bad" title={t('ready.unreadable')} />;
  if (!facts) return <Note kind="plain" title={t('ready.checking')} />;
  const { kind, verdict, wanting } = verdictOf(facts);
  return (
    <Note kind={kind} title={t(verdict)}>
      {wanting.length > 0 && <CheckList checks={wanting} facts={facts} />}
      {kind === 'bad' && <Download />}
      <button type="button" className="quiet" onClick={() => goTo({ screen: 'ready' })}>
        {t('ready.details')}
      </button>
    </Note>
  );
}

/** Green only when nothing at all is wanting. */
export function verdictOf(facts: Facts) {
  const { ready, checks } = readinessOf(facts);
  const wanting = checks.filter(({ result }) => result !== 'good');
  if (!ready) return { kind: 'bad', verdict: 'ready.no', wanting } as const;
  if (wanting.length > 0) return { kind: 'warning', verdict: 'ready.almost', wanting } as const;
  return { kind: 'good', verdict: 'ready.yes', wanting } as const;
}

export function Download() {
  const { t } = useTranslation('field');
  const { sync } = useField();
  const { running } = useSyncState();
  const online = useNetwork();
  return (
    <button
      type="button"
      className="secondary"
      disabled={running || !online}
      onClick={() => void sync.runNow()}
    >
      {t(running ? 'ready.downloading' : 'ready.download')}
    </button>
  );
}
