import { longestPin } from './pin-rules.ts';

export interface PinWords {
  readonly label: string;
  /** On the button that ends the entry. */
  readonly action: string;
  readonly keypad: string;
  readonly deleteDigit: string;
}

export interface PinRules {
  /** No entry now: something is being checked, or a wait is not over. */
  readonly blocked: boolean;
  /** A code read over the telephone may be seen; a PIN may not. */
  readonly visible: boolean;
}

/** Digits by large keys, by a keyboard, or by whatever a screen reader offers for a text field. */
export interface PinPad {
  readonly element: HTMLElement;
  readonly show: (words: PinWords, rules: PinRules) => void;
  readonly focus: () => void;
  /** What was entered while nobody listened is told at once. @returns how to stop listening */
  readonly listen: (onEnter: (digits: string) => void) => () => void;
}

/** Without React, because the lock is the first screen and does not wait for it. */
export function createPinPad(): PinPad {
  const element = make('form', { className: 'pin stack' });
  const field = make('input', {
    className: 'pin-field',
    type: 'password',
    // The keys below stand in for the screen's own keyboard; a real one works as well.
    inputMode: 'none',
    autocomplete: 'off',
  });
  const label = make('label', {}, document.createTextNode(''), field);
  const digitKeys = [...'1234567890'].map((digit) => {
    const key = make('button', { type: 'button', className: 'secondary', textContent: digit });
    key.onclick = () => write(field.value + digit);
    return key;
  });
  const arrow = make('span', { textContent: '←' });
  arrow.setAttribute('aria-hidden', 'true');
  const back = make('button', { type: 'button', className: 'quiet' }, arrow);
  back.onclick = () => write(field.value.slice(0, -1));
  const keys = make('div', { className: 'pin-keys' }, ...digitKeys, back);
  keys.setAttribute('role', 'group');
  const submit = make('button', { type: 'submit', className: 'primary' });
  element.append(label, keys, submit);

  let listener: ((digits: string) => void) | null = null;
  let entered: string | null = null;
  let blocked = false;
  const draw = () => {
    const shut = blocked || entered !== null;
    field.readOnly = shut;
    for (const key of digitKeys) key.disabled = shut;
    back.disabled = submit.disabled = shut || field.value === '';
  };
  const write = (text: string) => {
    const digits = text.replace(/\D/g, '').slice(0, longestPin);
    if (field.value !== digits) field.value = digits;
    draw();
  };
  const tell = () => {
    if (entered === null || !listener) return;
    const digits = entered;
    entered = null;
    listener(digits);
  };
  field.oninput = () => write(field.value);
  element.onsubmit = (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    entered = field.value;
    write('');
    tell();
    draw();
  };
  draw();
  return {
    element,
    show: (words, rules) => {
      label.firstChild!.textContent = words.label;
      keys.setAttribute('aria-label', words.keypad);
      back.setAttribute('aria-label', words.deleteDigit);
      submit.textContent = words.action;
      field.type = rules.visible ? 'text' : 'password';
      blocked = rules.blocked;
      draw();
    },
    focus: () => field.focus({ preventScroll: true }),
    listen: (onEnter) => {
      listener = onEnter;
      tell();
      draw();
      return () => {
        if (listener === onEnter) listener = null;
      };
    },
  };
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  ...children: Node[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
