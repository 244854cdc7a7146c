import type { LocalText } from '@akimetr/api/contracts/common';

export interface VersionChanges {
  readonly version: string;
  /** What an interviewer notices, a line each. */
  readonly changes: readonly LocalText[];
}

/** The newest first; a version that changes something for interviewers adds itself here. */
export const appChanges: readonly VersionChanges[] = [
  {
    version: '0.1.0',
    changes: [
      {
        kk: 'Планшет желісіз бірнеше күн жұмыс істейді: сұхбаттар жоғалмайды',
        ru: 'Планшет работает без сети несколько дней: интервью не теряются',
        en: 'The tablet works for days without a network: no interview is lost',
      },
      {
        kk: 'Планшет QR-код арқылы тіркеледі',
        ru: 'Планшет подключается по QR-коду',
        en: 'A tablet is enrolled by a QR code',
      },
      {
        kk: 'Далаға шығар алдындағы тексеру экраны',
        ru: 'Экран проверки перед выездом',
        en: 'A check screen before leaving for the field',
      },
      {
        kk: 'Тапсырмада жынысы мен жасы бойынша кімнен сұхбат алынғаны көрінеді',
        ru: 'В задании видно, кто уже опрошен по полу и возрасту',
        en: 'An assignment shows who was interviewed, by sex and age',
      },
      {
        kk: 'Құтқару файлына аяқталмаған сұхбаттар мен байланыс әрекеттері де кіреді',
        ru: 'В файл спасения входят и незаконченные интервью, и попытки контакта',
        en: 'The rescue file holds unfinished interviews and contact attempts too',
      },
    ],
  },
];

/**
 * What changed since a version was last seen.
 * @param seen null on a tablet that has just got the app: then nothing has changed for its interviewer
 */
export function changesSince(
  seen: string | null,
  versions: readonly VersionChanges[] = appChanges,
): readonly VersionChanges[] {
  if (seen === null) return [];
  const known = versions.findIndex(({ version }) => version === seen);
  return versions.slice(0, known === -1 ? 1 : known);
}
