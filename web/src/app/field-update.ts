import { registerSW } from 'virtual:pwa-register';
import { isAnyDraftOpen } from '../offline/locks.ts';

const lookAgainMs = 60_000;

/**
 * Puts the app onto the device, and later a newer one in its place: never while a draft is open in any
 * tab, because an interview finishes in the app it was begun in.
 */
export function keepAppFresh(): void {
  const update = registerSW({ immediate: true, onNeedRefresh: () => void whenNoDraftIsOpen() });
  const whenNoDraftIsOpen = async (): Promise<void> => {
    if (await isAnyDraftOpen()) setTimeout(() => void whenNoDraftIsOpen(), lookAgainMs);
    else await update(true);
  };
}
