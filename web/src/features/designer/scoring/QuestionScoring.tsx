import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Methodology } from '@akimetr/api/contracts/methodologies';
import { scaleOf, type Scale } from '@akimetr/api/domain/questionnaire-json';
import { scoringFaultWords } from '../../../lib/finding-words.ts';
import { localText } from '../../../lib/i18n.ts';
import { textsOf, valueOf } from '../model/choices.ts';
import { belowPath, useArrival } from '../model/aim.ts';
import { useAim, useDesignerStore } from '../model/designer-store.ts';
import { isPlain, listOf, setAt, type Plain } from '../model/document.ts';
import { anyText, textOf, type Branch } from '../model/outline.ts';
import { useLanguage } from '../model/working-language.ts';
import {
  kindsFor,
  missingKinds,
  missingOf,
  ruleFor,
  withMissing,
  type Missing,
} from './question-rule.ts';
import { RuleForm, ScoreInput } from './RuleForm.tsx';
import styles from './Scoring.module.css';

interface Props {
  branch: Branch;
  /** Every question of the questionnaire, for choices taken from another one. */
  all: readonly Plain[];
  methodology: Methodology | null;
  faults: readonly string[];
}

/** The scoring of one question: its indicator, its rule, and what each answer is worth or why it is missing. */
export function QuestionScoring({ branch, all, methodology, faults }: Props) {
  const { t } = useTranslation('designer');
  const store = useDesignerStore();
  const language = useLanguage();
  const { element, path, name } = branch;
  const aim = useAim();
  const place = useArrival<HTMLElement>(belowPath(aim, path)?.[0] === 'scoring' ? aim : null);
  const scale = useMemo(() => scaleOf(element, all), [element, all]);
  const names = useMemo(() => {
    // Choices taken from another question are called what they are called there.
    const from = all.find(({ name: other }) => other === element.choicesFromQuestion);
    return new Map([...(from ? namesOf(from, language) : []), ...namesOf(element, language)]);
  }, [element, all, language]);
  const nameOf = (value: string) => names.get(value) ?? value;
  const put = (next: Plain) =>
    store.change(setAt(store.doc(), path, next), `scoring ${branch.key}`);
  const indicator = textOf(element.indicator);
  const missing = isPlain(element.missingValues) ? element.missingValues : {};
  const rule = isPlain(element.scoring) ? element.scoring : null;
  const choose = (chosen: string) => {
    const { indicator: _, scoring, ...rest } = element;
    if (chosen === '') return put(rest);
    const usual = typeof scale === 'string' ? undefined : kindsFor(scale)[0];
    const first =
      scoring ?? (usual && typeof scale !== 'string' ? ruleFor(usual, scale, missing) : undefined);
    return put({ ...rest, indicator: chosen, ...(first !== undefined && { scoring: first }) });
  };
  return (
    <article ref={place} className={styles.question} aria-label={name}>
      <h2>{anyText(element.title, language) ?? name}</h2>
      <p className="soft">
        <code>{name}</code>
      </p>
      {typeof scale === 'string' ? (
        <p>
          {t('scoring.cannot')} <span className="soft">({scoringFaultWords(scale)})</span>
        </p>
      ) : (
        <label className={styles.field}>
          <span>{t('scoring.indicator')}</span>
          <select value={indicator} onChange={({ target }) => choose(target.value)}>
            <option value="">{t('scoring.notScored')}</option>
            <Indicators methodology={methodology} chosen={indicator} />
          </select>
        </label>
      )}
      {typeof scale !== 'string' && rule && (
        <RuleForm
          scale={scale}
          rule={rule}
          missing={missing}
          nameOf={nameOf}
          onChange={(scoring) => put({ ...element, scoring })}
        />
      )}
      {faults.length > 0 && (
        <ul className={styles.faults} role="alert">
          {faults.map((fault) => (
            <li key={fault}>{scoringFaultWords(fault)}</li>
          ))}
        </ul>
      )}
      {typeof scale !== 'string' && scale.kind !== 'cells' && (
        <Answers
          element={element}
          scale={scale}
          rule={rule}
          missing={missing}
          nameOf={nameOf}
          onChange={put}
        />
      )}
    </article>
  );
}

function Indicators({ methodology, chosen }: { methodology: Methodology | null; chosen: string }) {
  const { t } = useTranslation('designer');
  const known = methodology?.blocks.flatMap(({ indicators }) => indicators) ?? [];
  return (
    <>
      {chosen !== '' && !known.some(({ code }) => code === chosen) && (
        <option value={chosen}>
          {methodology ? t('scoring.foreign', { name: chosen }) : chosen}
        </option>
      )}
      {methodology?.blocks.map((block) => (
        <optgroup key={block.code} label={localText(block.name)}>
          {block.indicators.map(({ code, name }) => (
            <option key={code} value={code}>
              {localText(name)}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
}

interface AnswersProps {
  element: Plain;
  scale: Scale;
  rule: Plain | null;
  missing: Plain;
  nameOf: (value: string) => string;
  onChange: (question: Plain) => void;
}

function Answers({ element, scale, rule, missing, nameOf, onChange }: AnswersProps) {
  const { t } = useTranslation('designer');
  const isMap = rule?.kind === 'map';
  const own = new Map(
    ['choices', 'rateValues', 'columns']
      .flatMap((list) => listOf(element[list]))
      .map((entry) => [String(valueOf(entry)), valueOf(entry)]),
  );
  const builtIn = new Set(scale.builtInMissing.map(([value]) => value));
  const values = scale.values.filter((value) => !builtIn.has(value));
  if (values.length === 0) return null;
  return (
    <table className={styles.answers}>
      <thead>
        <tr>
          <th scope="col">{t('scoring.answer')}</th>
          {isMap && <th scope="col">{t('scoring.score')}</th>}
          <th scope="col">{t('scoring.missing')}</th>
        </tr>
      </thead>
      <tbody>
        {values.map((value) => {
          const kind = missingOf(missing, value);
          const kept = own.get(value) ?? value;
          return (
            <tr key={value}>
              <th scope="row">{nameOf(value)}</th>
              {isMap && (
                <td>
                  {kind === null && (
                    <ScoreInput
                      scores={isPlain(rule.scores) ? rule.scores : {}}
                      value={value}
                      label={nameOf(value)}
                      onChange={(scores) => onChange({ ...element, scoring: { ...rule, scores } })}
                    />
                  )}
                </td>
              )}
              <td>
                <select
                  aria-label={t('scoring.missingOf', { name: nameOf(value) })}
                  value={kind ?? ''}
                  onChange={({ target }) =>
                    onChange(
                      withMissing(
                        element,
                        typeof kept === 'number' ? kept : String(kept),
                        target.value === '' ? null : (target.value as Missing),
                      ),
                    )
                  }
                >
                  <option value="">{t('missing.answer')}</option>
                  {missingKinds.map((one) => (
                    <option key={one} value={one}>
                      {t(`missing.${one}`)}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What values and rows of a question are called, in the chosen language. */
function namesOf(element: Plain, language: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const list of ['choices', 'rateValues', 'columns', 'rows']) {
    for (const entry of listOf(element[list])) {
      const text = anyText(textsOf(entry), language);
      if (text !== null) names.set(String(valueOf(entry)), text);
    }
  }
  const [yes, no] = [anyText(element.labelTrue, language), anyText(element.labelFalse, language)];
  if (yes !== null) names.set('true', yes);
  if (no !== null) names.set('false', no);
  return names;
}
