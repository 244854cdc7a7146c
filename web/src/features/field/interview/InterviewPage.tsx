import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SelectionMethod } from '@akimetr/api/contracts/interview-circumstances';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import type { DraftRow, OutboxRow } from '../../../offline/database.ts';
import { openDraft } from '../../../offline/drafts.ts';
import { draftLock, holdLock } from '../../../offline/locks.ts';
import { FieldBar } from '../parts/FieldBar.tsx';
import { Note } from '../parts/Note.tsx';
import { useField } from '../state/field-services.ts';
import type { FieldData } from '../state/use-field-data.ts';
import { Interview } from './Interview.tsx';
import { SealedPanel } from './SealedPanel.tsx';

type Opened =
  | { readonly state: 'opening' | 'in-another-tab' | 'gone' | 'failed' }
  | { readonly state: 'open'; readonly draft: DraftRow; readonly version: QuestionnaireVersion };

/** Opens a draft for this tab alone, and shows what became of it once it is sealed. */
export default function InterviewPage({ id, data }: { id: string; data: FieldData }) {
  const { t } = useTranslation('field');
  const { opened, reopen, attempt } = useOpenedDraft(id);
  const [justSealed, setJustSealed] = useState<OutboxRow | null>(null);
  const sealed = data.outbox.find((row) => row.id === id) ?? justSealed;

  if (sealed) {
    return (
      <>
        <FieldBar back={{ screen: 'assignment', id: sealed.assignmentId }} outbox={data.outbox} />
        <SealedPanel row={sealed} />
      </>
    );
  }
  if (opened.state === 'open') {
    return (
      <Interview
        key={attempt}
        draft={opened.draft}
        version={opened.version}
        method={methodOf(data, opened.draft)}
        onSealed={setJustSealed}
        onReopen={reopen}
      />
    );
  }
  return (
    <>
      <FieldBar back={{ screen: 'home' }} outbox={data.outbox} />
      <main className="screen">
        {opened.state === 'opening' && <p>{t('interview.opening')}</p>}
        {opened.state === 'gone' && <Note kind="plain" title={t('interview.gone')} />}
        {opened.state === 'failed' && <Note kind="bad" title={t('interview.cannotOpen')} urgent />}
        {opened.state === 'in-another-tab' && (
          <Note kind="warning" title={t('interview.anotherTab')} urgent>
            <button type="button" className="secondary" onClick={reopen}>
              {t('interview.openHere')}
            </button>
          </Note>
        )}
      </main>
    </>
  );
}

/** By last birthday where the wave says nothing, or is not on the tablet any more. */
function methodOf({ packageRow }: FieldData, { place }: DraftRow): SelectionMethod {
  const wave = packageRow?.content.waves.find(({ id }) => id === place.waveId);
  return wave?.respondentSelection ?? 'last-birthday';
}

/** Holds the draft's lock as long as the screen is open; reads the draft only once it has it. */
function useOpenedDraft(id: string) {
  const { db } = useField();
  const [attempt, setAttempt] = useState(0);
  const [opened, setOpened] = useState<Opened>({ state: 'opening' });
  useEffect(() => {
    let left = false;
    let release = () => {};
    const open = async () => {
      const held = await holdLock(draftLock(id), attempt === 0 ? 'nobody' : 'afterClosing');
      if (!held) return setOpened({ state: 'in-another-tab' });
      if (left) return held();
      release = held;
      const found = await openDraft(db, id);
      setOpened(found ? { state: 'open', ...found } : { state: 'gone' });
    };
    open().catch(() => setOpened({ state: 'failed' }));
    return () => {
      left = true;
      release();
    };
  }, [db, id, attempt]);
  const reopen = () => {
    setOpened({ state: 'opening' });
    setAttempt((before) => before + 1);
  };
  return { opened, reopen, attempt };
}
