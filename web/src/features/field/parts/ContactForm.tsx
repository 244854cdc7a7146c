import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { nextSteps, refusalReasons } from '@akimetr/api/contracts/contact-attempts';
import type {
  ContactDisposition,
  NextStep,
  RefusalReason,
} from '@akimetr/api/contracts/contact-attempts';
import type { ContactEntry } from '../../../offline/contacts.ts';
import { isStorageFull } from '../../../offline/storage-health.ts';
import { StorageFull } from '../rescue/StorageFull.tsx';
import { Note } from './Note.tsx';
import { Options } from './Options.tsx';

/** What an interviewer may say where no interview came about. */
export const withoutInterview = [
  'no_answer',
  'not_at_home',
  'appointment',
  'refusal',
  'language_barrier',
  'unable',
  'no_access',
  'not_a_dwelling',
  'nobody_eligible',
  'other',
] as const satisfies readonly ContactDisposition[];

/** What is usually done next; the interviewer may say otherwise. */
const usualStep: Partial<Record<ContactDisposition, NextStep>> = {
  no_answer: 'come_back',
  not_at_home: 'come_back',
  appointment: 'come_back',
  language_barrier: 'ask_supervisor',
  unable: 'ask_supervisor',
  no_access: 'ask_supervisor',
  other: 'ask_supervisor',
};

type Outcome = Pick<ContactEntry, 'disposition' | 'reason' | 'appointmentAt' | 'nextStep' | 'note'>;

interface Props {
  title: string;
  /** One: it is already known how the attempt ended. */
  dispositions: readonly ContactDisposition[];
  save: (outcome: Outcome) => Promise<void>;
  cancel: { label: string; act: () => void };
}

/** How an attempt at a household ended, why, and what is done next. */
export function ContactForm({ title, dispositions, save, cancel }: Props) {
  const { t } = useTranslation('field');
  const known = dispositions.length === 1 ? dispositions[0]! : null;
  const [disposition, setDisposition] = useState<ContactDisposition | null>(known);
  const [reason, setReason] = useState<RefusalReason | null>(null);
  const [when, setWhen] = useState('');
  const [step, setStep] = useState<NextStep | null>(null);
  const [note, setNote] = useState('');
  const [trouble, setTrouble] = useState<'full' | 'notSaved' | 'wanting' | null>(null);
  const refused = disposition === 'refusal' || disposition === 'break_off';
  const nextStep = step ?? (disposition && usualStep[disposition]) ?? 'none';
  const complete =
    disposition !== null &&
    (!refused || reason !== null) &&
    (disposition !== 'appointment' || !Number.isNaN(Date.parse(when)));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!complete) return setTrouble('wanting');
    save({
      disposition,
      ...(refused && reason && { reason }),
      ...(disposition === 'appointment' && { appointmentAt: new Date(when).toISOString() }),
      nextStep,
      ...(note.trim() !== '' && { note: note.trim() }),
    }).catch((error: unknown) => setTrouble(isStorageFull(error) ? 'full' : 'notSaved'));
  };
  return (
    <form className="stack contact-form" onSubmit={submit} noValidate>
      <h2>{title}</h2>
      {!known && (
        <Options
          legend={t('contact.what')}
          chosen={disposition}
          options={dispositions.map((one) => [one, t(`contact.dispositions.${one}`)] as const)}
          onChoose={setDisposition}
        />
      )}
      {refused && (
        <Options
          legend={t('contact.why')}
          chosen={reason}
          options={refusalReasons.map((one) => [one, t(`contact.reasons.${one}`)] as const)}
          onChoose={setReason}
        />
      )}
      {disposition === 'appointment' && (
        <label>
          {t('contact.when')}
          <input
            type="datetime-local"
            value={when}
            onChange={(event) => setWhen(event.target.value)}
          />
        </label>
      )}
      {disposition !== null && (
        <>
          <Options
            legend={t('contact.next')}
            chosen={nextStep}
            options={nextSteps.map((one) => [one, t(`contact.steps.${one}`)] as const)}
            onChoose={setStep}
          />
          <label>
            {t('contact.note')}
            <input
              value={note}
              maxLength={200}
              autoComplete="off"
              aria-describedby="contact-note-warning"
              onChange={(event) => setNote(event.target.value)}
            />
            <span id="contact-note-warning" className="soft">
              {t('contact.noteWarning')}
            </span>
          </label>
        </>
      )}
      <div className="bottom-actions">
        {trouble === 'full' && <StorageFull />}
        {trouble === 'notSaved' && <Note kind="bad" title={t('contact.notSaved')} urgent />}
        {trouble === 'wanting' && (
          <Note kind="bad" title={t(refused ? 'contact.reasonWanted' : 'contact.wanting')} urgent />
        )}
        <button type="submit" className="primary">
          {t('contact.save')}
        </button>
        <button type="button" className="secondary" onClick={cancel.act}>
          {cancel.label}
        </button>
      </div>
    </form>
  );
}
