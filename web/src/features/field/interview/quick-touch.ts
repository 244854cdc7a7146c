/** Farther than this a finger has moved, not touched; as browsers have it. */
const slopPx = 15;
/** Longer than this it presses, and the browser answers with its menu. */
const pressMs = 500;

interface Begun {
  readonly control: HTMLInputElement;
  readonly x: number;
  readonly y: number;
  readonly at: number;
}

/**
 * An answer counts when the finger is lifted. A browser would first play a mouse to the page (over, moved, down, focus,
 * up) and look at the page anew between: on a slow tablet a sixth of the time from the touch to the saved answer.
 * For choices alone, and only where the browser would have made a click of the touch; mouse, keyboard and screen
 * readers go their own way as before.
 * @returns how to end it
 */
export function quickTouch(page: HTMLElement): () => void {
  let begun: Begun | null = null;

  const begin = (event: TouchEvent) => {
    const control = choiceAt(event.target);
    const [touch] = event.touches;
    begun =
      control && touch && event.touches.length === 1
        ? { control, x: touch.clientX, y: touch.clientY, at: event.timeStamp }
        : null;
  };
  const end = (event: TouchEvent) => {
    const [touch] = event.changedTouches;
    const touched = begun;
    begun = null;
    if (!touched || !touch || !event.cancelable) return;
    const moved = Math.hypot(touch.clientX - touched.x, touch.clientY - touched.y);
    if (moved > slopPx || event.timeStamp - touched.at > pressMs) return;
    event.preventDefault();
    leaveField();
    // By this survey-core knows a touch from the arrow keys, and may turn the page.
    event.target!.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
    touched.control.click();
  };
  const cancel = () => (begun = null);

  const listeners = new AbortController();
  const { signal } = listeners;
  page.addEventListener('touchstart', begin, { passive: true, signal });
  page.addEventListener('touchend', end, { passive: false, signal });
  page.addEventListener('touchcancel', cancel, { passive: true, signal });
  return () => listeners.abort();
}

/** Labels that only hand a click on. A switch's is not: what it sets depends on where it is touched. */
const rows = 'label:is(.sd-selectbase__label, .sd-matrix__label, .sd-rating__item)';

/** The choice whose row was touched. */
function choiceAt(target: EventTarget | null): HTMLInputElement | null {
  const row = target instanceof Element ? target.closest<HTMLLabelElement>(rows) : null;
  const control = row?.control;
  const isChoice = control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type);
  return isChoice && !control.disabled ? control : null;
}

/** Who touches elsewhere has ended writing: the keyboard goes. */
function leaveField(): void {
  const { activeElement } = document;
  if (activeElement instanceof HTMLElement && activeElement.matches('input, textarea')) {
    activeElement.blur();
  }
}
