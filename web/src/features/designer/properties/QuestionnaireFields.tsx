import { useTranslation } from 'react-i18next';
import { level as levelSchema, levels, locales } from '@akimetr/api/contracts/common';
import { localeNames } from '../../../lib/i18n.ts';
import { useArrival } from '../model/aim.ts';
import { useAim, useDesigner, useDesignerStore } from '../model/designer-store.ts';
import { listOf, setAt } from '../model/document.ts';
import { mainLanguageOf } from '@akimetr/api/domain/questionnaire-texts';
import styles from './Properties.module.css';

/** What is said of the whole questionnaire and survey-core does not know: whom it is for, and its main language. */
export function QuestionnaireFields() {
  const { t } = useTranslation(['designer', 'common']);
  const store = useDesignerStore();
  const doc = useDesigner(({ present }) => present.doc);
  const aim = useAim();
  const atLevels = useArrival<HTMLFieldSetElement>(aim?.[0] === 'levels' ? aim : null);
  const chosen = listOf(doc.levels).filter((one) => levelSchema.safeParse(one).success);
  return (
    <>
      <fieldset ref={atLevels} className={styles.fieldset}>
        <legend>{t('questionnaire.levels')}</legend>
        {levels.map((one) => (
          <label key={one} className={styles.flag}>
            <input
              type="checkbox"
              checked={chosen.includes(one)}
              onChange={({ target }) => {
                const next = levels.filter((level) =>
                  level === one ? target.checked : chosen.includes(level),
                );
                store.change(setAt(store.doc(), ['levels'], next.length > 0 ? next : undefined));
              }}
            />
            {t(`common:levelsShort.${one}`)}
          </label>
        ))}
      </fieldset>
      <label className={styles.row}>
        <span className={styles.label}>{t('questionnaire.main')}</span>
        <select
          className={styles.input}
          value={mainLanguageOf(doc)}
          onChange={({ target }) => store.change(setAt(store.doc(), ['locale'], target.value))}
        >
          {locales.map((language) => (
            <option key={language} value={language}>
              {localeNames[language]}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
