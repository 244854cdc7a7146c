import { nextStep, stepCall } from '../../../web/src/features/waves/wave-steps.ts';
import { aWave } from '../support/ranking.ts';

describe('nextStep', () => {
  it('leads a wave from draft to publication, one step at a time', () => {
    const publication = aWave().publication!;
    expect(nextStep({ status: 'draft', publication: null })).toBe('lock');
    expect(nextStep({ status: 'locked', publication: null })).toBe('open');
    expect(nextStep({ status: 'open', publication: null })).toBe('close');
    expect(nextStep({ status: 'closed', publication: null })).toBe('propose');
    expect(
      nextStep({ status: 'closed', publication: { ...publication, status: 'proposed' } }),
    ).toBe('approve');
  });

  it('ends with the publication', () => {
    expect(nextStep(aWave())).toBeNull();
  });
});

describe('stepCall', () => {
  it('names the wave, and for an approval its publication', () => {
    const wave = aWave();
    expect(stepCall('close', wave).options).toEqual({ params: { waveId: wave.id } });
    expect(stepCall('propose', wave).options).toEqual({ body: { waveId: wave.id } });
    expect(stepCall('approve', wave).options).toEqual({
      params: { publicationId: wave.publication?.id },
    });
  });
});
