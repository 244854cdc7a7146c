import { useTranslation } from 'react-i18next';
import type { Scale } from '@akimetr/api/domain/questionnaire-json';
import { isPlain, listOf, type Plain } from '../model/document.ts';
import {
  answersOf,
  evenScores,
  kindOf,
  kindsFor,
  ruleFor,
  type RuleKind,
} from './question-rule.ts';
import styles from './Scoring.module.css';

interface Props {
  scale: Scale;
  rule: Plain;
  missing: Plain;
  /** What a value is called; the value itself where it has no text. */
  nameOf: (value: string) => string;
  onChange: (rule: Plain) => void;
}

/** A scoring rule of a question, or of one column of a grid. Scores of a map stand in the table of answers. */
export function RuleForm({ scale, rule, missing, nameOf, onChange }: Props) {
  const { t } = useTranslation('designer');
  const kind = kindOf(rule);
  const kinds = kindsFor(scale);
  return (
    <div className={styles.rule}>
      <label className={styles.field}>
        <span>{t('scoring.rule')}</span>
        <select
          value={kind ?? ''}
          onChange={({ target }) => onChange(ruleFor(target.value as RuleKind, scale, missing))}
        >
          {(kind === null || !kinds.includes(kind)) && (
            <option value={kind ?? ''}>{kind ?? ''}</option>
          )}
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(`ruleKinds.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {kind === 'map' && (
        <div className={styles.buttons}>
          <button
            type="button"
            onClick={() => onChange({ ...rule, scores: evenScores(answersOf(scale, missing)) })}
          >
            {t('scoring.evenly')}
          </button>
          <button
            type="button"
            onClick={() =>
              onChange({ ...rule, scores: turned(isPlain(rule.scores) ? rule.scores : {}) })
            }
          >
            {t('scoring.turn')}
          </button>
        </div>
      )}
      {kind === 'linear' && <Linear rule={rule} onChange={onChange} />}
      {(kind === 'share' || kind === 'count') && (
        <Chosen scale={scale} rule={rule} missing={missing} nameOf={nameOf} onChange={onChange} />
      )}
      {kind === 'position' && (
        <label className={styles.field}>
          <span>{t('scoring.choice')}</span>
          <select
            value={String(rule.choice)}
            onChange={({ target }) => onChange({ ...rule, choice: target.value })}
          >
            {scale.values.map((value) => (
              <option key={value} value={value}>
                {nameOf(value)}
              </option>
            ))}
          </select>
        </label>
      )}
      {(kind === 'share' || kind === 'count' || kind === 'position') && (
        <label className={styles.flag}>
          <input
            type="checkbox"
            checked={rule.reversed === true}
            onChange={({ target }) => {
              const { reversed: _, ...rest } = rule;
              onChange(target.checked ? { ...rest, reversed: true } : rest);
            }}
          />{' '}
          {t('scoring.reversed')}
        </label>
      )}
      {kind === 'columns' && (
        <Columns scale={scale} rule={rule} missing={missing} nameOf={nameOf} onChange={onChange} />
      )}
      {kind === 'linear' && scale.rows.length > 0 && (
        <ReversedRows scale={scale} rule={rule} nameOf={nameOf} onChange={onChange} />
      )}
    </div>
  );
}

/** Best becomes worst. */
const turned = (scores: Plain): Plain =>
  Object.fromEntries(
    Object.entries(scores).map(([value, score]) => [
      value,
      typeof score === 'number' ? 100 - score : score,
    ]),
  );

function Linear({ rule, onChange }: { rule: Plain; onChange: (rule: Plain) => void }) {
  const { t } = useTranslation('designer');
  const end = (which: 'from' | 'to') => (
    <label className={styles.field}>
      <span>{t(`scoring.${which}`)}</span>
      <input
        type="number"
        step="any"
        value={typeof rule[which] === 'number' ? rule[which] : ''}
        onChange={({ target }) =>
          onChange({ ...rule, [which]: target.value === '' ? null : target.valueAsNumber })
        }
      />
    </label>
  );
  return (
    <div className={styles.ends}>
      {end('from')}
      {end('to')}
      <button type="button" onClick={() => onChange({ ...rule, from: rule.to, to: rule.from })}>
        {t('scoring.turn')}
      </button>
    </div>
  );
}

function Chosen({ scale, rule, missing, nameOf, onChange }: Props) {
  const { t } = useTranslation('designer');
  const of = listOf(rule.of).map(String);
  return (
    <>
      <fieldset className={styles.fieldset}>
        <legend>{t('scoring.of')}</legend>
        {answersOf(scale, missing).map((value) => (
          <label key={value} className={styles.flag}>
            <input
              type="checkbox"
              checked={of.includes(value)}
              onChange={({ target }) =>
                onChange({
                  ...rule,
                  of: scale.values.filter((one) =>
                    one === value ? target.checked : of.includes(one),
                  ),
                })
              }
            />{' '}
            {nameOf(value)}
          </label>
        ))}
      </fieldset>
      {rule.kind === 'count' && (
        <label className={styles.field}>
          <span>{t('scoring.full')}</span>
          <input
            type="number"
            min={1}
            value={typeof rule.full === 'number' ? rule.full : ''}
            onChange={({ target }) =>
              onChange({ ...rule, full: target.value === '' ? null : target.valueAsNumber })
            }
          />
        </label>
      )}
    </>
  );
}

function ReversedRows({ scale, rule, nameOf, onChange }: Omit<Props, 'missing'>) {
  const { t } = useTranslation('designer');
  const reversed = listOf(rule.reversedRows).map(String);
  return (
    <fieldset className={styles.fieldset}>
      <legend>{t('scoring.reversedRows')}</legend>
      {scale.rows.map((row) => (
        <label key={row} className={styles.flag}>
          <input
            type="checkbox"
            checked={reversed.includes(row)}
            onChange={({ target }) => {
              const { reversedRows: _, ...rest } = rule;
              const rows = scale.rows.filter((one) =>
                one === row ? target.checked : reversed.includes(one),
              );
              onChange(rows.length > 0 ? { ...rest, reversedRows: rows } : rest);
            }}
          />{' '}
          {nameOf(row)}
        </label>
      ))}
    </fieldset>
  );
}

function Columns({ scale, rule, missing, nameOf, onChange }: Props) {
  const { t } = useTranslation('designer');
  const columns = isPlain(rule.columns) ? rule.columns : {};
  const put = (name: string, next: Plain | null) => {
    const { [name]: _, ...others } = columns;
    onChange({ ...rule, columns: next === null ? others : { ...columns, [name]: next } });
  };
  return [...scale.cells].map(([name, cell]) => {
    const own = columns[name];
    if (typeof cell === 'string') return null;
    return (
      <fieldset key={name} className={styles.column}>
        <legend>
          <label>
            <input
              type="checkbox"
              checked={isPlain(own)}
              onChange={({ target }) =>
                put(
                  name,
                  target.checked ? ruleFor(kindsFor(cell)[0] ?? 'map', cell, missing) : null,
                )
              }
            />{' '}
            {t('scoring.column', { name })}
          </label>
        </legend>
        {isPlain(own) && (
          <>
            <RuleForm
              scale={cell}
              rule={own}
              missing={missing}
              nameOf={nameOf}
              onChange={(next) => put(name, next)}
            />
            {own.kind === 'map' &&
              answersOf(cell, missing).map((value) => (
                <label key={value} className={styles.field}>
                  <span>{nameOf(value)}</span>
                  <ScoreInput
                    scores={isPlain(own.scores) ? own.scores : {}}
                    value={value}
                    label={nameOf(value)}
                    onChange={(scores) => put(name, { ...own, scores })}
                  />
                </label>
              ))}
          </>
        )}
      </fieldset>
    );
  });
}

interface ScoreProps {
  scores: Plain;
  value: string;
  label: string;
  onChange: (scores: Plain) => void;
}

/** The score of one answer, 0–100; empty takes it away. */
export function ScoreInput({ scores, value, label, onChange }: ScoreProps) {
  const { t } = useTranslation('designer');
  const score = scores[value];
  return (
    <input
      type="number"
      min={0}
      max={100}
      step="any"
      className={styles.score}
      aria-label={t('scoring.scoreOf', { name: label })}
      value={typeof score === 'number' ? score : ''}
      onChange={({ target }) => {
        const { [value]: _, ...others } = scores;
        onChange(target.value === '' ? others : { ...scores, [value]: target.valueAsNumber });
      }}
    />
  );
}
