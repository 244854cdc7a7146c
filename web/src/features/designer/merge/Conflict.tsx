import { useTranslation } from 'react-i18next';
import { canonicalJson } from '@akimetr/api/contracts/canonical-json';
import type { MergeConflict, Side } from '@akimetr/api/domain/questionnaire-merge';
import { localeNames } from '../../../lib/i18n.ts';
import { useTextName } from '../../../lib/text-name.ts';
import styles from './Merge.module.css';

interface Props {
  conflict: MergeConflict;
  /** Who saved the other text. */
  author: string;
  chosen: Side | null;
  onChoose: (side: Side) => void;
}

/** One property that both sides changed: what it was, and the two to choose from. */
export function Conflict({ conflict, author, chosen, onChoose }: Props) {
  const { t } = useTranslation(['designer', 'office']);
  const nameOf = useTextName();
  const { key, question, page, property, language, base } = conflict;
  const place = [
    question ?? page ?? t('office:questionnaires.whole'),
    property === null
      ? t('merge.part')
      : property === 'place'
        ? t('merge.place')
        : nameOf(property),
    language === null ? '' : localeNames[language],
  ];
  return (
    <fieldset className={styles.conflict}>
      <legend>{place.filter((one) => one !== '').join(' · ')}</legend>
      {property !== null && (
        <p className={styles.base}>
          {t('merge.was')} <Value value={base} />
        </p>
      )}
      <div className={styles.sides}>
        {(['mine', 'theirs'] as const).map((side) => (
          <label key={side} data-chosen={chosen === side || undefined}>
            <span>
              <input
                type="radio"
                name={key}
                checked={chosen === side}
                onChange={() => onChoose(side)}
              />{' '}
              {side === 'mine' ? t('merge.mine') : author}
            </span>
            <Value value={conflict[side]} whole={property === null} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A value as people read it. @param whole a part of the questionnaire, of which only its presence is told */
function Value({ value, whole = false }: { value: unknown; whole?: boolean }) {
  const { t } = useTranslation('designer');
  if (value === undefined || value === null) return <em>{t('merge.absent')}</em>;
  if (whole) return <em>{t('merge.kept')}</em>;
  return (
    <span className={styles.value}>{typeof value === 'string' ? value : canonicalJson(value)}</span>
  );
}
