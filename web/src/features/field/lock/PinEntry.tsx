import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { takeEarlyPad } from './early-lock.ts';
import { createPinPad } from './pin-pad.ts';
import type { PinRules, PinWords } from './pin-pad.ts';

interface Props extends Pick<PinWords, 'label' | 'action'>, Partial<PinRules> {
  onEnter: (digits: string) => void;
}

/** The pad of pin-pad.ts among the other parts; the one of the first screen goes on with what was typed on it. */
export function PinEntry({ label, action, blocked = false, visible = false, onEnter }: Props) {
  const { t } = useTranslation('field');
  const place = useRef<HTMLDivElement>(null);
  const [pad] = useState(() => takeEarlyPad() ?? createPinPad());
  useLayoutEffect(() => {
    place.current?.replaceChildren(pad.element);
  }, [pad]);
  const keypad = t('lock.keypad');
  const deleteDigit = t('lock.deleteDigit');
  useLayoutEffect(() => {
    pad.show({ label, action, keypad, deleteDigit }, { blocked, visible });
    if (!blocked) pad.focus();
  }, [pad, label, action, keypad, deleteDigit, blocked, visible]);
  useEffect(() => pad.listen(onEnter), [pad, onEnter]);
  return <div ref={place} />;
}
