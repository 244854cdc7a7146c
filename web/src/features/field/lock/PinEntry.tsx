import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { longestPin } from './pin-rules.ts';

interface Props {
  label: string;
  /** On the button that ends the entry. */
  action: string;
  /** No entry now: something is being checked, or a wait is not over. */
  blocked?: boolean;
  /** A code read over the telephone may be seen; a PIN may not. */
  visible?: boolean;
  onEnter: (digits: string) => void;
}

/** Digits by large keys, by a keyboard, or by whatever a screen reader offers for a text field. */
export function PinEntry({ label, action, blocked = false, visible = false, onEnter }: Props) {
  const { t } = useTranslation('field');
  const [digits, setDigits] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const write = (text: string) => setDigits(text.replace(/\D/g, '').slice(0, longestPin));
  const enter = (event: FormEvent) => {
    event.preventDefault();
    if (blocked || digits === '') return;
    setDigits('');
    onEnter(digits);
  };
  useEffect(() => {
    if (!blocked) field.current?.focus({ preventScroll: true });
  }, [blocked, label]);
  return (
    <form className="pin stack" onSubmit={enter}>
      <label>
        {label}
        <input
          ref={field}
          className="pin-field"
          type={visible ? 'text' : 'password'}
          // The keys below stand in for the screen's own keyboard; a real one works as well.
          inputMode="none"
          autoComplete="off"
          value={digits}
          readOnly={blocked}
          onChange={(event) => write(event.target.value)}
        />
      </label>
      <div className="pin-keys" role="group" aria-label={t('lock.keypad')}>
        {['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'].map((digit) => (
          <button
            key={digit}
            type="button"
            className="secondary"
            disabled={blocked}
            onClick={() => write(digits + digit)}
          >
            {digit}
          </button>
        ))}
        <button
          type="button"
          className="quiet"
          disabled={blocked || digits === ''}
          aria-label={t('lock.deleteDigit')}
          onClick={() => write(digits.slice(0, -1))}
        >
          <span aria-hidden="true">←</span>
        </button>
      </div>
      <button type="submit" className="primary" disabled={blocked || digits === ''}>
        {action}
      </button>
    </form>
  );
}
