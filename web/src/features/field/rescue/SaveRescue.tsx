import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NoRescueKey, rescueFileOf } from '../../../offline/rescue-file.ts';
import type { OnScreen, RescueCounts } from '../../../offline/rescue-file.ts';
import { Note } from '../parts/Note.tsx';
import { useField } from '../state/field-services.ts';

interface Props {
  interviewerId: string;
  /** What could not be written to the disk and is on the screen now. */
  onScreen?: () => OnScreen;
}

/** For the day when the tablet cannot send, or is itself in danger: the unsent, for the server's eyes only. */
export function SaveRescue({ interviewerId, onScreen }: Props) {
  const { t } = useTranslation('field');
  const { db, appVersion } = useField();
  const [saved, setSaved] = useState<RescueCounts | null>(null);
  const [trouble, setTrouble] = useState<'noKey' | 'failed' | null>(null);
  const save = async () => {
    setTrouble(null);
    const file = await rescueFileOf(db, interviewerId, appVersion, new Date(), onScreen?.());
    setSaved(file);
    if (file.interviews + file.drafts + file.contacts === 0) return;
    const address = URL.createObjectURL(new Blob([file.json], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = file.fileName;
    link.click();
    // Not at once: the browser may only now begin to read it.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  const failed = (error: unknown) => setTrouble(error instanceof NoRescueKey ? 'noKey' : 'failed');
  return (
    <section className="stack">
      {trouble && <Note kind="bad" title={t(`rescue.${trouble}`)} urgent />}
      <button type="button" className="secondary" onClick={() => void save().catch(failed)}>
        {t('rescue.save')}
      </button>
      <div className="soft stack" aria-live="polite">
        {saved === null ? <p>{t('rescue.hint')}</p> : <InFile saved={saved} />}
      </div>
    </section>
  );
}

function InFile({ saved: { interviews, drafts, contacts } }: { saved: RescueCounts }) {
  const { t } = useTranslation('field');
  if (interviews + drafts + contacts === 0) return <p>{t('rescue.nothing')}</p>;
  return (
    <>
      {interviews > 0 && <p>{t('rescue.saved', { count: interviews })}</p>}
      {drafts > 0 && <p>{t('rescue.savedDrafts', { count: drafts })}</p>}
      {contacts > 0 && <p>{t('rescue.savedContacts', { count: contacts })}</p>}
    </>
  );
}
