import type { Wave } from '@akimetr/api/contracts/waves';

/** The wave whose work is shown when none is asked for: the one in the field, else the newest. */
export function waveWithWork(waves: readonly Wave[], asked: string): Wave | undefined {
  return (
    waves.find(({ id }) => id === asked) ??
    waves.find(({ status }) => status === 'open') ??
    waves[0]
  );
}

/** Whether work can be handed out in this wave: it is locked, and has not ended. */
export function takesWork(wave: Wave | undefined): wave is Wave {
  return wave?.status === 'locked' || wave?.status === 'open';
}
