import { custodyOf } from '../../api/src/domain/custody.ts';
import fc from '../support/fast-check.ts';

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, place) => from + place);

describe('custodyOf', () => {
  it('says taken 41, received 39, missing 17 and 23', () => {
    const received = range(1, 41).filter((one) => one !== 17 && one !== 23);
    expect(custodyOf({ lastSequence: 41, received, onDevice: [] })).toEqual({
      taken: 41,
      received: 39,
      onDevice: [],
      missing: [17, 23],
      missingCount: 2,
    });
  });

  it('does not miss what the tablet said to have still', () => {
    const custody = custodyOf({ lastSequence: 5, received: [1, 2], onDevice: [5, 4] });
    expect(custody).toMatchObject({ onDevice: [4, 5], missing: [3], missingCount: 1 });
  });

  it('counts what came after the last report as taken', () => {
    const custody = custodyOf({ lastSequence: 2, received: [1, 2, 4], onDevice: [] });
    expect(custody).toMatchObject({ taken: 4, received: 3, missing: [3] });
  });

  it('takes a number that came as received, though the tablet named it before', () => {
    const custody = custodyOf({ lastSequence: 2, received: [2, 1, 2], onDevice: [2] });
    expect(custody).toEqual({ taken: 2, received: 2, onDevice: [], missing: [], missingCount: 0 });
  });

  it('knows of nothing on a tablet that took nothing', () => {
    const custody = custodyOf({ lastSequence: 0, received: [], onDevice: [] });
    expect(custody).toEqual({ taken: 0, received: 0, onDevice: [], missing: [], missingCount: 0 });
  });

  it('counts all that is missing and lists the first, also under a number nobody can reach', () => {
    const custody = custodyOf({ lastSequence: 0, received: [2 ** 53 - 1], onDevice: [] }, 3);
    expect(custody).toMatchObject({ missing: [1, 2, 3], missingCount: 2 ** 53 - 2 });
  });

  const sequence = fc.integer({ min: -2, max: 60 });
  const numbers = fc.record({
    lastSequence: fc.integer({ min: 0, max: 60 }),
    received: fc.array(sequence, { maxLength: 80 }),
    onDevice: fc.array(sequence, { maxLength: 80 }),
  });

  it('puts every number that was taken in exactly one place', () => {
    fc.assert(
      fc.property(numbers, (one) => {
        const { taken, received, onDevice, missing, missingCount } = custodyOf(one, 1000);
        expect(received + onDevice.length + missingCount).toBe(taken);
        expect(missing).toHaveLength(missingCount);
        const came = one.received.filter((sequence) => sequence >= 1);
        const all = new Set([...came, ...onDevice, ...missing]);
        expect([...all].sort((a, b) => a - b)).toEqual(range(1, taken));
      }),
    );
  });

  it('never misses more when one more comes that was taken', () => {
    fc.assert(
      fc.property(numbers, fc.nat(59), (one, place) => {
        const before = custodyOf(one, 1000);
        const came = 1 + (before.taken === 0 ? 0 : place % before.taken);
        const after = custodyOf({ ...one, received: [...one.received, came] }, 1000);
        expect(after.missing).toEqual(before.missing.filter((missing) => missing !== came));
      }),
    );
  });

  it('does not ask in which order things came, nor how often', () => {
    fc.assert(
      fc.property(numbers, (one) => {
        const received = [...one.received].reverse().concat(one.received);
        expect(custodyOf({ ...one, received })).toEqual(custodyOf(one));
      }),
    );
  });
});
