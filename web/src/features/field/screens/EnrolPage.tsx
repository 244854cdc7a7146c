import { useCallback, useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { enrolmentCode } from '@akimetr/api/contracts/devices';
import { thisDevice } from '../../../offline/database.ts';
import { userAgentFamily } from '../../../offline/this-tablet.ts';
import { FieldBar } from '../parts/FieldBar.tsx';
import { Note } from '../parts/Note.tsx';
import { useField } from '../state/field-services.ts';
import { useEntering } from '../state/use-entering.ts';
import { useNetwork } from '../state/use-network.ts';

interface Props {
  /** From the address that the tablet's camera read; empty when it is typed. */
  code: string;
  /** Somebody works on this tablet already: the code is not used before they say so. */
  inUse: boolean;
}

/** The supervisor's code makes this tablet an interviewer's: scan, set the PIN, done. */
export default function EnrolPage({ code, inUse }: Props) {
  const { t } = useTranslation(['field', 'common']);
  const online = useNetwork();
  const [typed, setTyped] = useState(code);
  const { busy, trouble, enrol } = useEnrol();
  const scanned = useRef(code !== '' && !inUse);
  useEffect(() => {
    if (!scanned.current || !navigator.onLine) return;
    scanned.current = false;
    enrol(code);
  }, [code, enrol]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enrol(typed);
  };
  return (
    <>
      <FieldBar outbox={null} back={{ screen: 'home' }} />
      <main className="screen narrow">
        <h1>{t('enrol.title')}</h1>
        <p>{t('enrol.lead')}</p>
        {inUse && <Note kind="plain" title={t('enrol.inUse')} />}
        {!online && <Note kind="warning" title={t('enrol.needsNetwork')} urgent />}
        {trouble && <Note kind="bad" title={trouble} urgent />}
        <form onSubmit={submit} className="stack">
          <label>
            {t('enrol.code')}
            <input
              name="code"
              className="code"
              autoComplete="one-time-code"
              autoCapitalize="characters"
              spellCheck={false}
              required
              maxLength={12}
              placeholder="ABCD-2345"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
          <button type="submit" className="primary" disabled={busy || !online}>
            {t(busy ? 'enrol.busy' : 'enrol.action')}
          </button>
        </form>
      </main>
    </>
  );
}

function useEnrol() {
  const { t } = useTranslation('field');
  const { db, api } = useField();
  const { busy, trouble, setTrouble, enter } = useEntering();
  const enrol = useCallback(
    (typed: string) => {
      const code = enrolmentCode.safeParse(typed);
      if (!code.success) return setTrouble(t('enrol.malformed'));
      enter(async () => {
        const { deviceId } = await thisDevice(db);
        return api.enrol(code.data, deviceId, userAgentFamily(navigator.userAgent));
      });
    },
    [t, db, api, setTrouble, enter],
  );
  return { busy, trouble, enrol };
}
