import { z } from 'zod';
import {
  faultMessage,
  faultMessages,
  readFaultMessage,
  type FaultCode,
} from '@akimetr/api/contracts/fault-messages';
import { importAkims } from '@akimetr/api/contracts/akims';
import { code, kato, locales, sha256 } from '@akimetr/api/contracts/common';
import { createUser } from '@akimetr/api/contracts/users';
import {
  readScoringFault,
  scoringFaults,
  type ScoringFaultCode,
} from '@akimetr/api/contracts/scoring-faults';
import { scoringFaultWords } from '../../web/src/lib/finding-words.ts';
import { inputFaultWords } from '../../web/src/lib/fault-words.ts';
import { initI18n, setLocale } from '../../web/src/lib/i18n.ts';

const codes = Object.keys(faultMessages) as FaultCode[];
const filled = (text: string) => text.replaceAll(/\{(\w+)\}/g, '<$1>');

describe('a fault in the reader\u2019s language', () => {
  it.each(codes)('reads %s back with what stood in its places', (wanted) => {
    const names = [...faultMessages[wanted].matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(readFaultMessage(filled(faultMessages[wanted]))).toEqual({
      code: wanted,
      values: Object.fromEntries(names.map((name) => [name, `<${name}>`])),
    });
  });

  it.each(locales)('says every fault in %s with all that stood in its places', async (locale) => {
    await initI18n({ faults: (asked) => import(`../../web/src/lib/locales/${asked}/faults.json`) });
    await setLocale(locale);
    for (const one of codes) {
      const words = inputFaultWords(filled(faultMessages[one]));
      const omitted = ['what']; // said by the sentence itself
      for (const [, name] of faultMessages[one].matchAll(/\{(\w+)\}/g)) {
        if (!omitted.includes(name)) expect(words).toContain(`<${name}>`);
      }
      if (locale !== 'en') expect(words).not.toBe(filled(faultMessages[one]));
    }
  });

  it('fills in what the server knows', () => {
    expect(faultMessage('tenure_overlaps', { from: '2021-07-25', to: 'today' })).toBe(
      'overlaps the tenure from 2021-07-25 to today in the same office',
    );
  });

  it('says why a scoring does not fit in the same language', async () => {
    await initI18n({
      faults: (asked) => import(`../../web/src/lib/locales/${asked}/faults.json`),
      office: (asked) => import(`../../web/src/lib/locales/${asked}/office.json`),
    });
    await setLocale('ru');
    const reason = scoringFaults.no_scoring;
    const words = inputFaultWords(faultMessage('scoring_misfit', { reason }));
    expect(words).toBe(`оценивание не подходит: ${scoringFaultWords(reason)}`);
    expect(words).not.toContain(reason);
  });

  it('leaves a sentence that nobody knows as it is', () => {
    expect(readFaultMessage('Укажите возраст')).toBeNull();
    expect(inputFaultWords('Укажите возраст')).toBe('Укажите возраст');
  });

  it('knows what zod and the contracts themselves say', () => {
    const schemas: [z.ZodType, unknown][] = [
      [kato, '12'],
      [code, 'A B'],
      [sha256, 'x'],
      [createUser.body, { role: 'supervisor' }],
      [createUser.body, { unknown: 1, other: 2 }],
      [importAkims.body, {}],
      [z.object({ level: z.enum(['a', 'b']), n: z.number().max(3), day: z.iso.date() }), {}],
      [z.object({ level: z.enum(['a', 'b']), n: z.number().max(3) }), { level: 'c', n: 5 }],
      [
        z.strictObject({ s: z.string().min(2), l: z.array(z.string()).max(1) }),
        { s: '', l: ['', ''] },
      ],
      [z.object({ day: z.iso.date(), id: z.uuid() }), { day: '1', id: '2' }],
    ];
    const said = schemas.flatMap(([schema, value]) => {
      const { error } = schema.safeParse(value);
      return error!.issues.map(({ message }) => message);
    });
    expect(said.length).toBeGreaterThan(15);
    expect(said.filter((message) => readFaultMessage(message) === null)).toEqual([]);
  });
});

describe('why a scoring does not fit, in the reader\u2019s language', () => {
  const reasons = Object.keys(scoringFaults) as ScoringFaultCode[];

  it.each(reasons)('reads %s back with what stood in its places', (wanted) => {
    expect(readScoringFault(filled(scoringFaults[wanted]))?.code).toBe(wanted);
  });

  it.each(['kk', 'ru'] as const)(
    'says every reason in %s with all that stood in its places',
    async (locale) => {
      await initI18n({
        office: (asked) => import(`../../web/src/lib/locales/${asked}/office.json`),
      });
      await setLocale(locale);
      for (const one of reasons) {
        const words = scoringFaultWords(filled(scoringFaults[one]));
        for (const [, name] of scoringFaults[one].matchAll(/\{(\w+)\}/g)) {
          expect(words).toContain(`<${name}>`);
        }
        expect(words).toMatch(/[а-я]/i);
      }
      const inside = scoringFaults.in_column
        .replace('{column}', 'c')
        .replace('{reason}', 'it has no choices');
      expect(scoringFaultWords(inside)).not.toContain('choices');
    },
  );
});
