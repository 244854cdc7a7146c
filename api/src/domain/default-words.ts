/** What an interview calls the answers that an author gave no words of their own, as the tablet shows them. */
import type { LocalText } from '../contracts/common.ts';

export const defaultWords = {
  true: { kk: 'Иә', ru: 'Да', en: 'Yes' },
  false: { kk: 'Жоқ', ru: 'Нет', en: 'No' },
  dontknow: {
    kk: 'Жауап беру қиын',
    ru: 'Затрудняюсь ответить',
    en: "Don't know / hard to say",
  },
  refused: { kk: 'Жауап беруден бас тартты', ru: 'Отказ от ответа', en: 'Refused to answer' },
  none: { kk: 'Ешқайсысы', ru: 'Ничего из перечисленного', en: 'None of these' },
  other: { kk: 'Басқа (жазыңыз)', ru: 'Другое (запишите)', en: 'Other (write down)' },
} as const satisfies Record<string, LocalText>;
