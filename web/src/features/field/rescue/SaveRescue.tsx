import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NoRescueKey, rescueFileOf } from '../../../offline/rescue-file.ts';
import { Note } from '../parts/Note.tsx';
import { useField } from '../state/field-services.ts';

/** For the day when the tablet cannot send, or is itself in danger: the unsent, for the server's eyes only. */
export function SaveRescue({ interviewerId }: { interviewerId: string }) {
  const { t } = useTranslation('field');
  const { db, appVersion } = useField();
  const [saved, setSaved] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<'noKey' | 'failed' | null>(null);
  const save = async () => {
    setTrouble(null);
    const file = await rescueFileOf(db, interviewerId, appVersion, new Date());
    const address = URL.createObjectURL(new Blob([file.json], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = file.fileName;
    link.click();
    // Not at once: the browser may only now begin to read it.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    setSaved(file.interviews);
  };
  const failed = (error: unknown) => setTrouble(error instanceof NoRescueKey ? 'noKey' : 'failed');
  return (
    <section className="stack">
      {trouble && <Note kind="bad" title={t(`rescue.${trouble}`)} urgent />}
      <button type="button" className="secondary" onClick={() => void save().catch(failed)}>
        {t('rescue.save')}
      </button>
      <p className="soft" aria-live="polite">
        {saved === null ? t('rescue.hint') : t('rescue.saved', { count: saved })}
      </p>
    </section>
  );
}
