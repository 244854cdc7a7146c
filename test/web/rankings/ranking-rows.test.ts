import {
  interviewsIn,
  pageShown,
  placeOf,
  scoreDomain,
  searched,
} from '../../../web/src/features/rankings/ranking-rows.ts';
import { rankingCsv } from '../../../web/src/features/rankings/ranking-csv.ts';
import { waveShown } from '../../../web/src/lib/waves.ts';
import { aNotRatedAkim, aRankedAkim, aRanking, aWave } from '../support/ranking.ts';

describe('searched', () => {
  const akims = [
    aRankedAkim(1, { territoryName: { kk: 'Қызылорда қаласы', ru: 'Кызылорда', en: 'Kyzylorda' } }),
    aRankedAkim(2),
  ];

  it('finds a Kazakh name typed on a Russian keyboard, and in any of the three languages', () => {
    expect(searched(akims, 'кызылорда')).toEqual([akims[0]]);
    expect(searched(akims, 'kyzyl')).toEqual([akims[0]]);
  });

  it('wants every word, in any order', () => {
    expect(searched(akims, 'abai 2')).toEqual([akims[1]]);
    expect(searched(akims, 'abai 9')).toEqual([]);
  });

  it('keeps everybody when nothing is asked', () => {
    expect(searched(akims, '  ')).toBe(akims);
  });
});

describe('scoreDomain', () => {
  it('holds every interval, to whole tens', () => {
    const akims = [{ interval: [41.2, 55] }, { interval: [60, 68.9] }] as const;
    expect(scoreDomain(akims.map(({ interval }) => ({ interval: [...interval] })))).toEqual([
      40, 70,
    ]);
  });

  it('is the whole scale when nobody is ranked', () => {
    expect(scoreDomain([])).toEqual([0, 100]);
  });

  it('has a length even when all intervals are the point zero', () => {
    expect(scoreDomain([{ interval: [0, 0] }])).toEqual([0, 10]);
  });
});

describe('waveShown', () => {
  const published = aWave({ id: 'published' });
  const closed = aWave({ id: 'closed', publication: null });
  const open = aWave({ id: 'open', status: 'open', publication: null });

  it('is the one asked for, else the newest published, else closed, else any', () => {
    expect(waveShown([open, closed, published], 'open')).toBe(open);
    expect(waveShown([open, closed, published], '')).toBe(published);
    expect(waveShown([open, closed], 'gone')).toBe(closed);
    expect(waveShown([open], '')).toBe(open);
    expect(waveShown([], '')).toBeUndefined();
  });
});

describe('pageShown', () => {
  it.each([
    ['1', 0],
    ['3', 2],
    ['99', 2],
    ['0', 0],
    ['nonsense', 0],
  ])('takes %s of three pages as the page %i from zero', (asked, page) => {
    expect(pageShown(asked, 120, 50)).toBe(page);
  });
});

describe('interviewsIn', () => {
  it('counts those of akims without a score too', () => {
    expect(interviewsIn(aRanking())).toBe(101 + 102 + 103 + 104 + 12);
  });
});

describe('placeOf', () => {
  const english = ({ en }: { en: string }) => en;

  it('names territory and region of a person', () => {
    expect(placeOf(aRankedAkim(1), english)).toBe('District 1, Abai Region');
  });

  it('does not say twice what the name of the office says', () => {
    const russian = aRankedAkim(1, {
      akimName: { kk: 'Абай ауданының әкімі', ru: 'Аким Абайского района', en: 'Akim of Abai' },
      territoryName: { kk: 'Абай ауданы', ru: 'Абайский район', en: 'Abai district' },
      regionName: { kk: 'Абай облысы', ru: 'область Абай', en: 'Abai Region' },
    });
    expect(placeOf(russian, ({ ru }) => ru)).toBe('область Абай');
    expect(placeOf(russian, ({ kk }) => kk)).toBe('Абай облысы');
  });

  it('keeps the territory where a person is only named like it', () => {
    const namesake = aRankedAkim(1, {
      akimName: { kk: 'Абай', ru: 'Абайский Серик', en: 'Serik Abai' },
      territoryName: { kk: 'Абай ауданы', ru: 'Абайский район', en: 'Abai district' },
    });
    expect(placeOf(namesake, ({ ru }) => ru)).toMatch(/^Абайский район/);
  });
});

describe('rankingCsv', () => {
  const names = [
    ...['rank', 'rankFrom', 'rankTo', 'akim', 'territory', 'region', 'kato', 'score'],
    ...['scoreFrom', 'scoreTo', 'standardError', 'tier', 'n', 'note'],
  ] as const;
  const words = {
    headers: Object.fromEntries(names.map((name) => [name, name])) as Record<
      (typeof names)[number],
      string
    >,
    text: ({ en }: { en: string }) => en,
    number: (value: number) => String(value).replace('.', ','),
    reason: () => 'Too few; really',
    caveats: ['synthetic'],
  };
  const lines = rankingCsv({ ranked: [aRankedAkim(1)], notRated: [aNotRatedAkim(5)] }, words)
    .trim()
    .split('\r\n');

  it('gives every rank with its interval and every score with its own', () => {
    expect(lines[1]).toBe(
      '1;1;3;Person 1;District 1;Abai Region;100000001;69;66;72;1,5;1;101;synthetic',
    );
  });

  it('lists who is not rated without rank or score, with the reason and the caveat', () => {
    expect(lines[2]).toBe(
      ';;;Person 5;District 5;Abai Region;100000005;;;;;;12;"Too few; really; synthetic"',
    );
  });

  it('never lets a spreadsheet run a name as a formula', () => {
    const evil = aRankedAkim(1, { akimName: { kk: '=A1', ru: '=A1', en: '=HYPERLINK("x")' } });
    const csv = rankingCsv({ ranked: [evil], notRated: [] }, words);
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
  });
});
