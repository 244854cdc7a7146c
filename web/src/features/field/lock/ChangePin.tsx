import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changePin, lockVault } from '../../../offline/vault.ts';
import { Note } from '../parts/Note.tsx';
import { useField } from '../state/field-services.ts';
import { NewPin } from './NewPin.tsx';
import { PinEntry } from './PinEntry.tsx';

type Step = 'idle' | 'old' | 'new' | 'busy' | 'done' | 'wrong' | 'failed';

/** Locks the tablet at once, or changes the PIN for one who knows the old one. */
export function ChangePin({ interviewerId }: { interviewerId: string }) {
  const { t } = useTranslation('field');
  const { db, pinTries } = useField();
  const [step, setStep] = useState<Step>('idle');
  const [oldPin, setOldPin] = useState('');
  const prove = async (pin: string) => {
    const answer = await pinTries.open(interviewerId, pin);
    // Somebody who keeps trying meets the lock screen and its waiting time.
    if (answer.state === 'wait') return lockVault(db);
    setOldPin(pin);
    setStep(answer.state === 'open' ? 'new' : 'wrong');
  };
  const change = async (pin: string) => {
    setStep('busy');
    const changed = await changePin(db, interviewerId, oldPin, pin);
    setOldPin('');
    setStep(changed ? 'done' : 'wrong');
  };
  const failed = () => setStep('failed');
  return (
    <section className="stack">
      <h2>{t('lock.pin')}</h2>
      {step === 'done' && <Note kind="good" title={t('lock.change.done')} urgent />}
      {step === 'wrong' && <Note kind="bad" title={t('lock.wrong')} urgent />}
      {step === 'failed' && <Note kind="bad" title={t('lock.change.failed')} urgent />}
      {(step === 'old' || step === 'wrong') && (
        <PinEntry
          label={t('lock.change.old')}
          action={t('lock.new.next')}
          onEnter={(pin) => void prove(pin).catch(failed)}
        />
      )}
      {(step === 'new' || step === 'busy') && (
        <NewPin
          action={t('lock.change.action')}
          busy={step === 'busy'}
          onChosen={(pin) => void change(pin).catch(failed)}
        />
      )}
      {(step === 'idle' || step === 'done' || step === 'failed') && (
        <>
          <button type="button" className="secondary" onClick={() => lockVault(db)}>
            {t('lock.now')}
          </button>
          <button type="button" className="secondary" onClick={() => setStep('old')}>
            {t('lock.change.action')}
          </button>
        </>
      )}
    </section>
  );
}
