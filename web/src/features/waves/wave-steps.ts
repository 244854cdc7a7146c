import { approvePublication, proposePublication } from '@akimetr/api/contracts/publications';
import { closeWave, lockWave, openWave } from '@akimetr/api/contracts/waves';
import type { Wave } from '@akimetr/api/contracts/waves';

export type WaveStep = 'lock' | 'open' | 'close' | 'propose' | 'approve';

/** The one thing that can come next for a wave; null when it is published. */
export function nextStep({ status, publication }: Pick<Wave, 'status' | 'publication'>) {
  const steps: Record<Wave['status'], WaveStep | null> = {
    draft: 'lock',
    locked: 'open',
    open: 'close',
    closed: { none: 'propose', proposed: 'approve', published: null }[
      publication?.status ?? 'none'
    ] as WaveStep | null,
  };
  return steps[status];
}

/** The operation of a step and what it is called with. */
export function stepCall(step: WaveStep, wave: Wave) {
  const params = { waveId: wave.id };
  switch (step) {
    case 'lock':
      return { operation: lockWave, options: { params } };
    case 'open':
      return { operation: openWave, options: { params } };
    case 'close':
      return { operation: closeWave, options: { params } };
    case 'propose':
      return { operation: proposePublication, options: { body: params } };
    case 'approve':
      return {
        operation: approvePublication,
        options: { params: { publicationId: wave.publication?.id ?? '' } },
      };
  }
}
