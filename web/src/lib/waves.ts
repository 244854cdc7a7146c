import type { Wave } from '@akimetr/api/contracts/waves';

/** The wave shown when none is asked for: the newest published, else the newest closed, else the newest. */
export function waveShown(waves: readonly Wave[], asked: string): Wave | undefined {
  return (
    waves.find(({ id }) => id === asked) ??
    waves.find(({ publication }) => publication?.status === 'published') ??
    waves.find(({ status }) => status === 'closed') ??
    waves[0]
  );
}
