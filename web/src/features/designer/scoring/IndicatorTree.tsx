import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Methodology } from '@akimetr/api/contracts/methodologies';
import { formatShare } from '../../../lib/formats.ts';
import { localText } from '../../../lib/i18n.ts';
import { useFindings } from '../check/use-findings.ts';
import { useDesignerStore } from '../model/designer-store.ts';
import { anyText, textOf, type Branch } from '../model/outline.ts';
import { useLanguage } from '../model/working-language.ts';
import type { Percentages } from './importances.ts';
import styles from './Scoring.module.css';

interface Props {
  methodology: Methodology | null;
  questions: readonly Branch[];
  chosen: string;
  faultsOf: ReadonlyMap<string, readonly string[]>;
  /** Importances being tried, in per cent; null while they are only read. */
  edited: Percentages | null;
  onImportance: (indicator: string, percentage: number) => void;
}

/** Blocks, indicators with their importances, and the questions that tell about each; what has none stands out. */
export function IndicatorTree(props: Props) {
  const { methodology, questions, chosen, faultsOf, edited, onImportance } = props;
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
  const empty = [...known].filter((code) => !byIndicator.has(code));
  const unscored = byIndicator.get('') ?? [];
  const could = useUnscored();
  const open = unscored.filter(({ name }) => could.has(name));
  const others = unscored.filter(({ name }) => !could.has(name));
  const items = (name: string) => (
    <Items questions={byIndicator.get(name) ?? []} chosen={chosen} faultsOf={faultsOf} />
  );
  return (
    <>
      {empty.length + open.length > 0 && (
        <p className={styles.gaps} role="status">
          {[
            empty.length > 0 && t('scoring.withoutItems', { count: empty.length }),
            open.length > 0 && t('scoring.withoutScores', { count: open.length }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {methodology?.blocks.map((block) => (
        <div key={block.code} className={styles.block}>
          <h2>{localText(block.name)}</h2>
          {block.indicators.map(({ code, name, importance }) => (
            <div key={code}>
              <h3 data-empty={!byIndicator.has(code) || undefined}>
                <span>{localText(name)}</span>
                {edited === null ? (
                  <span>{formatShare(importance)}</span>
                ) : (
                  <Percentage
                    value={edited.get(code) ?? 0}
                    label={t('importances.of', { name: localText(name) })}
                    onChange={(percentage) => onImportance(code, percentage)}
                  />
                )}
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
      {open.length > 0 && (
        <div className={styles.block}>
          <h2 className={styles.open}>{t('scoring.couldBe')}</h2>
          <p className={styles.soft}>{t('scoring.couldBeWhy')}</p>
          <Items questions={open} chosen={chosen} faultsOf={faultsOf} />
        </div>
      )}
      {others.length > 0 && (
        <div className={styles.block}>
          <h2>{t('scoring.unscored')}</h2>
          <Items questions={others} chosen={chosen} faultsOf={faultsOf} />
        </div>
      )}
    </>
  );
}

/** Names of the questions that the check calls scorable although nobody scores them. */
function useUnscored(): ReadonlySet<string> {
  const findings = useFindings();
  return useMemo(
    () => new Set(findings.flatMap((one) => (one.code === 'unscored' ? (one.question ?? []) : []))),
    [findings],
  );
}

interface PercentageProps {
  value: number;
  label: string;
  onChange: (value: number) => void;
}

function Percentage({ value, label, onChange }: PercentageProps) {
  return (
    <span className={styles.percentage}>
      <input
        type="number"
        min={0.1}
        max={100}
        step={0.1}
        aria-label={label}
        value={value}
        onChange={({ target }) => onChange(Math.min(100, Math.max(0, target.valueAsNumber || 0)))}
      />
      %
    </span>
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
