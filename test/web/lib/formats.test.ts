import {
  formatCount,
  formatDay,
  formatInstant,
  formatInterval,
  formatRank,
  formatScore,
  formatChance,
  formatChange,
  formatScoreWithInterval,
  formatShare,
  formatSize,
} from '../../../web/src/lib/formats.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formatScore', () => {
  it('has one decimal and the comma of Kazakh and Russian', () => {
    expect(formatScore(62.44, 'kk')).toBe('62,4');
    expect(formatScore(62.46, 'ru')).toBe('62,5');
    expect(formatScore(62, 'en')).toBe('62.0');
  });

  it('says that a figure is missing rather than showing zero', () => {
    expect(formatScore(null, 'kk')).toBe('—');
  });
});

describe('formatScoreWithInterval', () => {
  it('never shows a score without its interval', () => {
    expect(formatScoreWithInterval(62.44, [59.1, 65.71], 'kk')).toBe('62,4 (59,1–65,7)');
    expect(formatInterval([59.1, 65.71], 'en')).toBe('59.1–65.7');
  });
});

describe('formatRank', () => {
  it('never shows a rank without its interval', () => {
    expect(formatRank(5, [3, 9], 'ru')).toBe('5 (3–9)');
  });

  it('keeps the interval even where it is one rank', () => {
    expect(formatRank(1, [1, 1], 'en')).toBe('1 (1–1)');
  });
});

describe('formatDay', () => {
  it('names the month in each language', () => {
    expect(plain(formatDay('2026-09-05', 'kk'))).toBe('2026 ж. 5 қыркүйек');
    expect(plain(formatDay('2026-09-05', 'ru'))).toBe('5 сентября 2026 г.');
    expect(plain(formatDay('2026-09-05', 'en'))).toBe('5 September 2026');
  });

  it('does not need the browser to know Kazakh', () => {
    const known = Intl.DateTimeFormat;
    const withoutKazakh = jest
      .spyOn(Intl, 'DateTimeFormat')
      .mockImplementation((locale, options) => {
        if (locale === 'kk') throw new RangeError('no data for kk');
        return new known(locale, options);
      });
    expect(formatDay('2026-11-22', 'kk')).toBe('2026 ж. 22 қараша');
    withoutKazakh.mockRestore();
  });

  it('is the same day in every time zone', () => {
    expect(formatDay('2026-01-01', 'en')).toBe('1 January 2026');
    expect(formatDay(null, 'en')).toBe('—');
  });
});

describe('formatInstant', () => {
  it('names day and minute', () => {
    expect(formatInstant('2026-09-05T10:15:00Z', 'ru')).toMatch(/сентября 2026/);
    expect(formatInstant('2026-09-05T10:15:00Z', 'kk')).toMatch(/қыркүйек.*\d\d:15/);
  });
});

describe('counts, shares and sizes', () => {
  it('are written as each language does', () => {
    expect(plain(formatCount(2335, 'kk'))).toBe('2 335');
    expect(formatCount(2335, 'en')).toBe('2,335');
    expect(plain(formatShare(0.125, 'ru'))).toBe('12,5 %');
    expect(formatSize(1_540_000, 'kk')).toBe('1,5 МБ');
    expect(formatSize(2300, 'en')).toBe('2 kB');
  });
});

describe('formatChance', () => {
  it('is in whole per cent, and never says that a chance is none or certain', () => {
    expect(
      [0, 0.004, 0.006, 0.5, 0.994, 0.996, 1].map((chance) => formatChance(chance, 'kk')),
    ).toEqual(['<1%', '<1%', '1%', '50%', '99%', '>99%', '>99%']);
    expect([0, 1].map((chance) => formatChance(chance, 'ru'))).toEqual(['<1\u00a0%', '>99\u00a0%']);
    expect([0, 1].map((chance) => formatChance(chance, 'en'))).toEqual(['<1%', '>99%']);
  });
});

describe('formatChange', () => {
  it('has a sign on both sides of zero and none on zero', () => {
    expect(formatChange(3.24, [-0.5, 6.96], 'kk')).toBe('+3,2 (−0,5…+7,0)');
    expect(formatChange(-0.04, [-1, 0.04], 'en')).toBe('0.0 (−1.0…0.0)');
  });
});
