import i18next from 'i18next';
import {
  currentLocale,
  followAccountLocale,
  initI18n,
  localText,
  setLocale,
} from '../../../web/src/lib/i18n.ts';

beforeEach(async () => {
  localStorage.clear();
  await initI18n();
});

describe('the language of the interface', () => {
  it('is Kazakh until another is chosen', () => {
    expect(currentLocale()).toBe('kk');
    expect(document.documentElement.lang).toBe('kk');
    expect(i18next.t('actions.signIn')).toBe('Кіру');
  });

  it('changes at once and is kept on this device', async () => {
    await setLocale('ru');
    expect(i18next.t('actions.signIn')).toBe('Войти');
    expect(document.documentElement.lang).toBe('ru');
    await initI18n();
    expect(currentLocale()).toBe('ru');
  });

  it('follows the account where nothing was chosen on this device', async () => {
    await followAccountLocale('en');
    expect(currentLocale()).toBe('en');
    expect(localStorage.length).toBe(0);
  });

  it('stays with the choice of this device against the account', async () => {
    await setLocale('ru');
    await followAccountLocale('en');
    expect(currentLocale()).toBe('ru');
  });

  it('writes the numbers in texts as the language does', async () => {
    await setLocale('ru');
    expect(i18next.t('paging.shown', { from: 1, to: 50, total: 2335 })).toBe('1–50 из 2\u00a0335');
  });

  it('picks the text of three', () => {
    expect(localText({ kk: 'әкім', ru: 'аким', en: 'akim' })).toBe('әкім');
  });
});
