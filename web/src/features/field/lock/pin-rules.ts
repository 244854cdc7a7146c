export const shortestPin = 4;
export const longestPin = 12;

/** What is wrong with a new PIN; null when nothing is. */
export function pinFault(pin: string): 'short' | 'guessable' | null {
  if (pin.length < shortestPin) return 'short';
  return isGuessable(pin) ? 'guessable' : null;
}

/** One digit over and over, or digits in a row up or down: what a thief tries first. */
function isGuessable(pin: string): boolean {
  const steps = new Set(
    Array.from(pin.slice(1), (digit, place) => Number(digit) - Number(pin[place])),
  );
  return steps.size === 1 && [...steps].every((step) => Math.abs(step) <= 1);
}
