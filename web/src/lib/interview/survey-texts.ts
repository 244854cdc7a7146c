import { englishStrings, setupLocale, surveyLocalization } from 'survey-core';
import kk from './survey-texts.kk.json';
import ru from './survey-texts.ru.json';

/**
 * SurveyJS's own words. Its Kazakh and Russian are half machine-made, so ours replace them whole; its
 * English is kept but for the words that the glossary has otherwise.
 */
setupLocale({ localeCode: 'kk', strings: kk, nativeName: 'Қазақша', englishName: 'Kazakh' });
setupLocale({ localeCode: 'ru', strings: ru, nativeName: 'Русский', englishName: 'Russian' });
Object.assign(surveyLocalization.locales.en ?? englishStrings, {
  completeText: 'Finish',
  dontKnowItemText: "Don't know / hard to say",
  refuseItemText: 'Refused to answer',
  otherItemText: 'Other (write down)',
  noneItemText: 'None of these',
});
