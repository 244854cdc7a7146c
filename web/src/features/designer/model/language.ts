import { locale } from '@akimetr/api/contracts/common';
import type { Locale } from '@akimetr/api/contracts/common';
import type { Doc } from './document.ts';

/** The language in which a text without languages is written; Kazakh unless the questionnaire says otherwise. */
export function mainLanguageOf(doc: Doc): Locale {
  const said = locale.safeParse(doc.locale);
  return said.success ? said.data : 'kk';
}
