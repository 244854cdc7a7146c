import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareKazakh, englishName, officeOf, romanise } from '../../scripts/territory-names.ts';

const readRows = (file: string): Record<string, string>[] => {
  const text = readFileSync(join(__dirname, '../../api/data', file), 'utf8').trim();
  const [header = [], ...rows] = text.split('\n').map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
};
const territories = readRows('territories.csv');
const adults = readRows('adults.csv');
const count = (rows: Record<string, string>[], column: string) =>
  rows.reduce<Record<string, number>>((counts, row) => {
    const value = row[column] ?? '';
    return { ...counts, [value]: (counts[value] ?? 0) + 1 };
  }, {});

describe('romanise', () => {
  it.each([
    ['Өскемен', 'Oskemen'],
    ['Қабанбай батыр', 'Kabanbay Batyr'],
    ['Ұлытау', 'Ulytau'],
    ['Ғабит Мүсірепов', 'Gabit Musirepov'],
    ['Форт-Шевченко', 'Fort-Shevchenko'],
    ['Щучинск', 'Shchuchinsk'],
    ['И.Құрманов', 'I.Kurmanov'],
  ])('writes %s as %s', (name, latin) => {
    expect(romanise(name)).toBe(latin);
  });
});

describe('bareKazakh', () => {
  it('takes the type of unit off, and "named after" with it', () => {
    expect(bareKazakh('Қазыбек би атындағы ауданы')).toBe('Қазыбек би');
    expect(bareKazakh('Жаңа тілек ауылдық округі')).toBe('Жаңа тілек');
  });
});

describe('englishName', () => {
  it('tells a city from the district of the same name', () => {
    expect(englishName('Балқаш қаласы', 'Balkhash', 'city_oblast')).toBe('Balkhash city');
    expect(englishName('Балқаш ауданы', 'Balkhash', 'district')).toBe('Balkhash district');
  });
  it('is transliterated where the source has no name', () => {
    expect(englishName('Бесқайнар ауылдық округі', '', 'rural_okrug')).toBe(
      'Beskaynar rural okrug',
    );
  });
});

describe('officeOf', () => {
  const ru = (name: string) => officeOf({ kk: '', ru: name, en: '' }).ru;
  it('names the office in the nominative case in three languages', () => {
    expect(officeOf({ kk: 'Абай ауданы', ru: 'Абайский район', en: 'Abay district' })).toEqual({
      kk: 'Абай ауданының әкімі',
      ru: 'Аким Абайского района',
      en: 'Akim of Abay district',
    });
  });
  it.each([
    ['Западно-Казахстанская область', 'Аким Западно-Казахстанской области'],
    ['область Абай', 'Аким области Абай'],
    ['район имени Габита Мусрепова', 'Аким района имени Габита Мусрепова'],
    ['город Астана', 'Аким города Астаны'],
    ['город Караганда', 'Аким города Караганды'],
    ['город Рудный', 'Аким города Рудного'],
    ['город Сарань', 'Аким города Сарани'],
    ['город Есиль', 'Аким города Есиля'],
    ['город Алматы', 'Аким города Алматы'],
    ['город Қонаев', 'Аким города Қонаев'],
    ['Степной сельский округ', 'Аким Степного сельского округа'],
    ['Жана тилекский сельский округ', 'Аким Жана тилекского сельского округа'],
    ['Достық сельский округ', 'Аким сельского округа Достық'],
    ['сельский округ Жибек жолы', 'Аким сельского округа Жибек жолы'],
    ['Горняцкая поселковая администрация', 'Аким Горняцкой поселковой администрации'],
    ['Целинная сельская администрация', 'Аким Целинной сельской администрации'],
    ['Шарская городская администрация', 'Аким Шарской городской администрации'],
    ['село Новосельское', 'Аким села Новосельское'],
    ['посёлок Нура', 'Аким посёлка Нура'],
  ])('puts %s into the genitive', (name, office) => {
    expect(ru(name)).toBe(office);
  });
});

describe('api/data/territories.csv', () => {
  const byKato = new Map(territories.map((row) => [row.kato, row]));

  it('holds every unit of the classifier once', () => {
    expect(count(territories, 'level')).toEqual({ region: 20, district: 234, rural: 2335 });
    expect(byKato.size).toBe(2589);
    expect(territories.filter(({ kato }) => !/^\d{9}$/.test(kato ?? ''))).toEqual([]);
  });

  it('places every unit under one that exists, in a region that exists', () => {
    const wrong = territories.filter(({ level, parent, region }) =>
      level === 'region'
        ? parent !== ''
        : !byKato.has(parent) || byKato.get(region)?.level !== 'region',
    );
    expect(wrong).toEqual([]);
  });

  it('names every unit and office in three languages, English ones in Latin letters', () => {
    const empty = territories.filter((row) =>
      ['kk', 'ru', 'en'].some((language) => !row[`name_${language}`] || !row[`office_${language}`]),
    );
    expect(empty).toEqual([]);
    const notLatin = territories.filter(
      ({ name_en }) => !/^[A-Z][A-Za-z .()-]+$/.test(name_en ?? ''),
    );
    expect(notLatin).toEqual([]);
    expect(count(territories, 'name_en_basis')).toEqual({ official: 254, transliterated: 2335 });
  });

  it('leaves no unit of an office in the nominative', () => {
    const types = /(^|\s)(область|район|город|село|посёлок|сельский округ|администрация)(\s|$)/;
    expect(territories.filter(({ office_ru }) => types.test(office_ru ?? ''))).toEqual([]);
    const kazakh = /(облысының|ауданының|қаласының|округінің|ауылының|кентінің) әкімі$/;
    expect(territories.filter(({ office_kk }) => !kazakh.test(office_kk ?? ''))).toEqual([]);
  });

  it('gives urban and rural residents that make up the population', () => {
    const uneven = territories.filter(
      ({ population, urban, rural }) =>
        urban !== '' && Number(urban) + Number(rural) !== Number(population),
    );
    expect(uneven).toEqual([]);
  });
});

describe('api/data/adults.csv', () => {
  it('is an estimate for every region and says so in every row', () => {
    expect(count(adults, 'basis')).toEqual({ estimate: adults.length });
    expect(Object.keys(count(adults, 'region'))).toHaveLength(20);
  });

  it('has every sex and age band of every settlement once, and fewer adults than residents', () => {
    const cells = new Set(
      adults.map((row) => [row.region, row.settlement, row.sex, row.age_band].join()),
    );
    expect(cells.size).toBe(adults.length);
    expect(Object.values(count(adults, 'age_band'))).toEqual([74, 74, 74, 74]);
    for (const { kato, population } of territories.filter(({ level }) => level === 'region')) {
      const total = adults
        .filter(({ region }) => region === kato)
        .reduce((sum, row) => sum + Number(row.adults), 0);
      expect(total / Number(population)).toBeGreaterThan(0.5);
      expect(total / Number(population)).toBeLessThan(0.8);
    }
  });
});
