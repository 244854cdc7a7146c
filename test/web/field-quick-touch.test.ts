import { quickTouch } from '../../web/src/features/field/interview/quick-touch.ts';

const markup = `
  <label id="agree" class="sd-selectbase__label"><input type="radio" name="one" value="yes"><span>Yes</span></label>
  <label id="refuse" class="sd-matrix__label"><input type="radio" name="one" value="no"><span>No</span></label>
  <label id="many" class="sd-selectbase__label"><input type="checkbox" value="water"><span>Water</span></label>
  <label id="closed" class="sd-rating__item"><input type="radio" name="two" disabled><span>Closed</span></label>
  <label id="switch" class="sd-boolean"><input type="checkbox"><span>No</span></label>
  <label id="words">Words <input type="text"></label>
  <p id="text">A question</p>`;

interface Finger {
  readonly to?: readonly [number, number];
  readonly restsMs?: number;
  readonly fingers?: number;
  readonly cancelable?: boolean;
}

describe('a touch on an answer', () => {
  let page: HTMLElement;
  let stop: () => void;
  let heard: string[];

  beforeEach(() => {
    page = document.createElement('div');
    page.innerHTML = markup;
    document.body.append(page);
    heard = [];
    for (const type of ['mousedown', 'click', 'change']) {
      page.addEventListener(type, ({ target }) =>
        heard.push(`${type} ${(target as Element).tagName}`),
      );
    }
    stop = quickTouch(page);
  });
  afterEach(() => {
    stop();
    page.remove();
  });

  const within = (id: string) => page.querySelector(`#${id} span`) ?? page.querySelector(`#${id}`)!;
  const input = (id: string) => page.querySelector<HTMLInputElement>(`#${id} input`)!;

  function dispatch(type: string, id: string, at: number, more: object): boolean {
    const event = new Event(type, { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'timeStamp', { value: at });
    return within(id).dispatchEvent(Object.assign(event, more));
  }

  /** @returns whether the browser goes on to make a mouse of it */
  function touch(
    id: string,
    { to = [10, 10], restsMs = 80, fingers = 1, cancelable = true }: Finger = {},
  ) {
    const [clientX, clientY] = [10, 10];
    const touches = Array.from({ length: fingers }, () => ({ clientX, clientY }));
    dispatch('touchstart', id, 1_000, { touches });
    const changedTouches = [{ clientX: to[0], clientY: to[1] }];
    const event = new Event('touchend', { bubbles: true, cancelable });
    Object.defineProperty(event, 'timeStamp', { value: 1_000 + restsMs });
    return within(id).dispatchEvent(Object.assign(event, { touches: [], changedTouches }));
  }

  it('counts when the finger is lifted, once, and as a touch to survey-core', () => {
    expect(touch('agree')).toBe(false);
    expect(input('agree').checked).toBe(true);
    expect(heard).toEqual(['mousedown SPAN', 'click INPUT', 'change INPUT']);
  });

  it('chooses another, and several', () => {
    touch('agree');
    touch('refuse');
    expect([input('agree').checked, input('refuse').checked]).toEqual([false, true]);
    touch('many');
    expect(input('many').checked).toBe(true);
    touch('many');
    expect(input('many').checked).toBe(false);
  });

  it.each<[string, string, Finger]>([
    ['that moved', 'agree', { to: [10, 40] }],
    ['that pressed long', 'agree', { restsMs: 700 }],
    ['of two fingers', 'agree', { fingers: 2 }],
    ['that ends a movement of the page', 'agree', { cancelable: false }],
    ['on an answer that is closed', 'closed', {}],
    ['on a switch, which follows the place of the touch', 'switch', {}],
    ['on a field to write in', 'words', {}],
    ['beside the answers', 'text', {}],
  ])('is left to the browser: one %s', (_, id, finger) => {
    expect(touch(id, finger)).toBe(true);
    expect(heard).toEqual([]);
  });

  it('that the browser took for a movement is none', () => {
    dispatch('touchstart', 'agree', 1_000, { touches: [{ clientX: 1, clientY: 1 }] });
    dispatch('touchcancel', 'agree', 1_050, {});
    const changedTouches = [{ clientX: 1, clientY: 1 }];
    expect(dispatch('touchend', 'agree', 1_080, { changedTouches })).toBe(true);
    expect(heard).toEqual([]);
  });

  it('ends writing elsewhere first, so that what was written is kept', () => {
    const left = jest.fn();
    input('words').addEventListener('blur', () => left(heard.length));
    input('words').focus();
    touch('agree');
    expect(left).toHaveBeenCalledWith(0);
    expect(input('agree').checked).toBe(true);
  });

  it('is the browser’s again once the questions have gone', () => {
    stop();
    expect(touch('agree')).toBe(true);
    expect(heard).toEqual([]);
  });
});
