import type texts from '../../../lib/locales/en/field.json';
import type { Opening } from '../../../offline/opening.ts';
import { createPinPad } from './pin-pad.ts';
import type { PinPad } from './pin-pad.ts';

let early: PinPad | null = null;

/**
 * The lock as LockScreen shows it, before React, the database and all the rest are here: the PIN can be typed at once.
 * @param opening whose tablet it is, and whether it says that its data are synthetic
 */
export function showEarlyLock(
  root: HTMLElement,
  { lock, connection, synthetic }: typeof texts,
  opening: Opening,
): void {
  const mark = element('div', 'bar-row', element('span', 'bar-mark', 'Akimetr'));
  const strip = navigator.onLine
    ? element('p', 'strip strip-good', connection.online)
    : element('p', 'strip strip-away', connection.offline);
  const name = element('p', '', opening.account.user.name);
  const heading = element('div', 'heading', element('h1', '', lock.title), name);
  early = createPinPad();
  early.show(
    { label: lock.pin, action: lock.open, keypad: lock.keypad, deleteDigit: lock.deleteDigit },
    { blocked: false, visible: false },
  );
  const place = element('div', '', early.element);
  root.replaceChildren(
    ...lineOf(opening, synthetic),
    element('header', 'bar', mark, strip),
    element('main', 'screen narrow lock', heading, place),
  );
  early.focus();
}

/** What CrashScreen shows, where the app itself cannot be fetched: no lock may stay that nobody would open. */
export function showMissingApp(
  root: HTMLElement,
  { crash, synthetic }: typeof texts,
  opening: Opening | null,
): void {
  const again = element('button', 'secondary', crash.reload);
  again.onclick = () => window.location.reload();
  const title = element('p', 'note-title', crash.title);
  const note = element('div', 'note note-bad', title, element('p', '', crash.text), again);
  note.role = 'alert';
  root.replaceChildren(...lineOf(opening, synthetic), element('main', 'screen', note));
}

/** Demo data say so above every screen. */
const lineOf = (opening: Opening | null, words: string): HTMLElement[] =>
  opening?.synthetic ? [element('aside', 'synthetic', words)] : [];

function element(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/** The pad of the first screen, for the lock of the app to go on with; null when there is none or it was taken. */
export function takeEarlyPad(): PinPad | null {
  const pad = early;
  early = null;
  return pad;
}
