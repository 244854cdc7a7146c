import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from '../parts/Note.tsx';
import { PinEntry } from './PinEntry.tsx';
import { pinFault } from './pin-rules.ts';

interface Props {
  /** What happens when the PIN was entered twice. */
  action: string;
  busy?: boolean;
  onChosen: (pin: string) => void;
}

/** A new PIN, entered twice the same. */
export function NewPin({ action, busy = false, onChosen }: Props) {
  const { t } = useTranslation('field');
  const [first, setFirst] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<'short' | 'guessable' | 'differs' | null>(null);
  const choose = (pin: string) => {
    const fault = pinFault(pin);
    setTrouble(fault);
    if (fault === null) setFirst(pin);
  };
  const repeat = (pin: string) => {
    if (pin === first) return onChosen(pin);
    setFirst(null);
    setTrouble('differs');
  };
  return (
    <>
      {trouble && <Note kind="bad" title={t(`lock.new.${trouble}`)} urgent />}
      {first === null ? (
        <PinEntry label={t('lock.new.first')} action={t('lock.new.next')} onEnter={choose} />
      ) : (
        <PinEntry label={t('lock.new.again')} action={action} blocked={busy} onEnter={repeat} />
      )}
    </>
  );
}
