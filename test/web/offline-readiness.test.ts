/**
 * @jest-environment node
 * @jest-environment-options {"globalsCleanup": "off"}
 */
import { isInEveryLanguage, readinessOf } from '../../web/src/offline/readiness.ts';
import type { CheckName, CheckResult, Facts } from '../../web/src/offline/readiness.ts';
import { userAgentFamily } from '../../web/src/offline/this-tablet.ts';
import { changesSince } from '../../web/src/features/field/state/app-changes.ts';
import { routeOf } from '../../web/src/features/field/state/field-address.ts';
import { aTablet } from './field-surroundings.ts';

const good: Facts = {
  shell: { app: true, fonts: true },
  packageIntact: true,
  assignments: 3,
  withoutQuestionnaire: 0,
  withoutNames: 0,
  tablet: aTablet,
  clockOffsetMs: 2_000,
  sinceSyncMs: 60_000,
};
const wantingOf = (over: Partial<Facts>): [CheckName, CheckResult][] =>
  readinessOf({ ...good, ...over })
    .checks.filter(({ result }) => result !== 'good')
    .map(({ name, result }) => [name, result]);

describe('readinessOf', () => {
  it('is green only when nothing is wanting', () => {
    expect(readinessOf(good).ready).toBe(true);
    expect(wantingOf({})).toEqual([]);
  });

  it.each<[string, Partial<Facts>, [CheckName, CheckResult]]>([
    ['a file of the app', { shell: { app: false, fonts: true } }, ['app', 'bad']],
    ['a font', { shell: { app: true, fonts: false } }, ['fonts', 'bad']],
    ['any assignment', { assignments: 0 }, ['assignments', 'bad']],
    ['a questionnaire', { withoutQuestionnaire: 1 }, ['questionnaires', 'bad']],
    ['the name of a territory', { withoutNames: 1 }, ['territories', 'bad']],
    ['room', { tablet: { ...aTablet, freeBytes: 1e6 } }, ['space', 'bad']],
    ['the promise', { tablet: { ...aTablet, persisted: false } }, ['persistence', 'warning']],
    ['the clock', { clockOffsetMs: null }, ['clock', 'warning']],
    ['a right clock', { clockOffsetMs: -86_400_000 }, ['clock', 'warning']],
    [
      'charge',
      { tablet: { ...aTablet, battery: { level01: 0.1, charging: false } } },
      ['battery', 'warning'],
    ],
    ['a sync', { sinceSyncMs: null }, ['sync', 'warning']],
  ])('names what is wanting: %s', (_what, over, wanting) => {
    expect(wantingOf(over)).toEqual([wanting]);
    expect(readinessOf({ ...good, ...over }).ready).toBe(wanting[1] !== 'bad');
  });

  it('asks no battery of a tablet on its charger, or of a browser that does not tell', () => {
    const charging = { ...aTablet, battery: { level01: 0.05, charging: true } };
    expect(wantingOf({ tablet: charging })).toEqual([]);
    expect(wantingOf({ tablet: { ...aTablet, battery: null } })).toEqual([]);
  });

  it('is not ready with a package that does not read back as it was stored', () => {
    expect(wantingOf({ packageIntact: false }).map(([name]) => name)).toEqual([
      'package',
      'questionnaires',
      'territories',
    ]);
  });
});

describe('isInEveryLanguage', () => {
  const title = { kk: 'қ', ru: 'р', en: 'e' };
  it('finds the text that lacks a language, however deep', () => {
    expect(isInEveryLanguage({ pages: [{ elements: [{ name: 'a', title }] }] })).toBe(true);
    const lacking = { kk: 'қ', en: 'e' };
    expect(isInEveryLanguage({ pages: [{ elements: [{ title }, { title: lacking }] }] })).toBe(
      false,
    );
  });
  it('leaves alone what is the same in every language', () => {
    expect(isInEveryLanguage({ title: 'Why?', choices: [1, null] })).toBe(true);
  });
});

describe('userAgentFamily', () => {
  it.each([
    [
      'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Safari/537.36',
      'Chrome · Android',
    ],
    [
      'Mozilla/5.0 (Linux; Android 9) SamsungBrowser/20.0 Chrome/106.0 Safari/537.36',
      'SamsungBrowser · Android',
    ],
    ['Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) Version/17.0 Safari/604.1', 'Safari · iPad'],
    ['curl/8', '? · ?'],
  ])('of %s', (userAgent, family) => {
    expect(userAgentFamily(userAgent)).toBe(family);
  });
});

describe('changesSince', () => {
  const versions = ['0.3.0', '0.2.0', '0.1.0'].map((version) => ({ version, changes: [] }));
  const since = (seen: string | null) => changesSince(seen, versions).map(({ version }) => version);
  it('tells what came after the version that was seen, the newest first', () => {
    expect(since('0.1.0')).toEqual(['0.3.0', '0.2.0']);
    expect(since('0.3.0')).toEqual([]);
  });
  it('tells nothing to who has just got the app, and the newest to who comes from an unknown one', () => {
    expect(since(null)).toEqual([]);
    expect(since('0.0.9')).toEqual(['0.3.0']);
  });
});

describe('routeOf', () => {
  beforeAll(() => {
    Object.assign(globalThis, { window: { location: { origin: 'http://tablet' } } });
  });
  it('reads the code of an enrolment from behind the #', () => {
    expect(routeOf('/field/#/enrol?code=ABCD-2345')).toEqual({
      screen: 'enrol',
      code: 'ABCD-2345',
    });
    expect(routeOf('/field/#/enrol')).toEqual({ screen: 'enrol', code: '' });
  });
  it('takes an unknown address as home', () => {
    expect(routeOf('/field/nothing#else')).toEqual({ screen: 'home' });
  });
});
