import { useTranslation } from 'react-i18next';
import type { Methodology } from '@akimetr/api/contracts/methodologies';
import { formatShare } from '../../../lib/formats.ts';
import { localText } from '../../../lib/i18n.ts';
import { useDesignerStore } from '../model/designer-store.ts';
import { anyText, textOf, type Branch } from '../model/outline.ts';
import { useLanguage } from '../model/working-language.ts';
import styles from './Scoring.module.css';

interface Props {
  methodology: Methodology | null;
  questions: readonly Branch[];
  chosen: string;
  faultsOf: ReadonlyMap<string, readonly string[]>;
}

/** Blocks, indicators with their importances, and the questions that tell about each; what has none stands out. */
export function IndicatorTree({ methodology, questions, chosen, faultsOf }: Props) {
  const { t } = useTranslation('designer');
  const byIndicator = new Map<string, Branch[]>();
  for (const question of questions) {
    const name = textOf(question.element.indicator);
    byIndicator.set(name, [...(byIndicator.get(name) ?? []), question]);
  }
  const known = new Set(
    methodology?.blocks.flatMap(({ indicators }) => indicators.map(({ code }) => code)) ?? [],
  );
  const foreign = [...byIndicator.keys()].filter((name) => name !== '' && !known.has(name));
  const items = (name: string) => (
    <Items questions={byIndicator.get(name) ?? []} chosen={chosen} faultsOf={faultsOf} />
  );
  return (
    <>
      {methodology?.blocks.map((block) => (
        <div key={block.code} className={styles.block}>
          <h2>{localText(block.name)}</h2>
          {block.indicators.map(({ code, name, importance }) => (
            <div key={code}>
              <h3 data-empty={!byIndicator.has(code) || undefined}>
                <span>{localText(name)}</span>
                <span>{formatShare(importance)}</span>
              </h3>
              {byIndicator.has(code) ? (
                items(code)
              ) : (
                <p className={styles.gap}>{t('scoring.noItem')}</p>
              )}
            </div>
          ))}
        </div>
      ))}
      {foreign.map((name) => (
        <div key={name} className={styles.block}>
          <h3 data-empty={methodology !== null || undefined}>{name}</h3>
          {methodology && <p className={styles.gap}>{t('scoring.notInMethodology')}</p>}
          {items(name)}
        </div>
      ))}
      <div className={styles.block}>
        <h2>{t('scoring.unscored')}</h2>
        {items('')}
      </div>
    </>
  );
}

interface ItemsProps {
  questions: readonly Branch[];
  chosen: string;
  faultsOf: ReadonlyMap<string, readonly string[]>;
}

function Items({ questions, chosen, faultsOf }: ItemsProps) {
  const { t } = useTranslation('designer');
  const store = useDesignerStore();
  const language = useLanguage();
  return (
    <ul className={styles.items}>
      {questions.map(({ key, name, path, element }) => (
        <li key={key}>
          <button type="button" aria-pressed={key === chosen} onClick={() => store.select(path)}>
            {anyText(element.title, language) ?? name}
            {faultsOf.has(name) && <strong> — {t('scoring.faulty')}</strong>}
          </button>
        </li>
      ))}
    </ul>
  );
}
