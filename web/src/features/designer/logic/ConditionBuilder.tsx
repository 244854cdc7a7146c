import { useTranslation } from 'react-i18next';
import type { Scalar } from '../model/choices.ts';
import styles from './Logic.module.css';
import {
  isGroup,
  takesNoValue,
  takesSeveral,
  textOfGroup,
  type Group,
  type Operator,
  type Rule,
} from './condition.ts';
import { operatorsFor, type Askable } from './condition-questions.ts';

interface Props {
  group: Group;
  askables: readonly Askable[];
  label: string;
  onChange: (text: string) => void;
}

/** Rules (question, comparison, value) joined by "and" or "or", and groups of them one level deep or more. */
export function ConditionBuilder({ group, askables, label, onChange }: Props) {
  return (
    <div role="group" aria-label={label}>
      <Rules
        group={group}
        askables={askables}
        onChange={(next) => onChange(textOfGroup(next))}
        depth={0}
      />
    </div>
  );
}

interface RulesProps {
  group: Group;
  askables: readonly Askable[];
  onChange: (group: Group) => void;
  depth: number;
}

function Rules({ group, askables, onChange, depth }: RulesProps) {
  const { t } = useTranslation('designer');
  const { join, parts } = group;
  const put = (place: number, part: Rule | Group | null) =>
    onChange({ join, parts: parts.flatMap((one, at) => (at === place ? (part ?? []) : one)) });
  const first = askables[0];
  const newRule = (): Rule => ({
    question: first?.name ?? '',
    operator: 'notempty',
    values: [],
  });
  return (
    <div className={depth > 0 ? styles.group : undefined}>
      {parts.map((part, place) => (
        <div key={place}>
          {place > 0 && (
            <select
              className={styles.join}
              aria-label={t('logic.join')}
              value={join}
              onChange={({ target }) => onChange({ join: target.value as Group['join'], parts })}
            >
              <option value="and">{t('logic.and')}</option>
              <option value="or">{t('logic.or')}</option>
            </select>
          )}
          {isGroup(part) ? (
            <Rules
              group={part}
              askables={askables}
              onChange={(next) => put(place, next.parts.length > 0 ? next : null)}
              depth={depth + 1}
            />
          ) : (
            <RuleRow
              rule={part}
              askables={askables}
              onChange={(next) => put(place, next)}
              onRemove={() => put(place, null)}
            />
          )}
        </div>
      ))}
      <div className={styles.buttons}>
        <button
          type="button"
          className={styles.small}
          disabled={!first}
          onClick={() => onChange({ join, parts: [...parts, newRule()] })}
        >
          {t('logic.addRule')}
        </button>
        {parts.length > 0 && depth === 0 && (
          <button
            type="button"
            className={styles.small}
            onClick={() =>
              onChange({
                join,
                parts: [
                  ...parts,
                  { join: join === 'and' ? 'or' : 'and', parts: [newRule(), newRule()] },
                ],
              })
            }
          >
            {t('logic.addGroup')}
          </button>
        )}
      </div>
    </div>
  );
}

interface RuleProps {
  rule: Rule;
  askables: readonly Askable[];
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

function RuleRow({ rule, askables, onChange, onRemove }: RuleProps) {
  const { t } = useTranslation('designer');
  const asked = askables.find(({ name }) => name === rule.question);
  const offered = operatorsFor(asked);
  const all = offered.includes(rule.operator) ? offered : [rule.operator, ...offered];
  const take = (operator: Operator, of: Askable | undefined, values: readonly Scalar[]): Rule => {
    const fit = takesNoValue(operator)
      ? []
      : values.length > 0
        ? values
        : [of?.options[0]?.value ?? (of?.numeric ? 0 : '')];
    return {
      question: of?.name ?? rule.question,
      operator,
      values: takesSeveral(operator) ? fit : fit.slice(0, 1),
    };
  };
  return (
    <div className={styles.rule}>
      <select
        className={styles.input}
        aria-label={t('logic.question')}
        value={rule.question}
        onChange={({ target }) => {
          const next = askables.find(({ name }) => name === target.value);
          const [usual = 'equal'] = operatorsFor(next);
          onChange(take(usual, next, []));
        }}
      >
        {!asked && (
          <option value={rule.question}>{t('logic.gone', { name: rule.question })}</option>
        )}
        {askables.map(({ name, title }) => (
          <option key={name} value={name}>
            {title === '' ? name : `${name} — ${title.slice(0, 60)}`}
          </option>
        ))}
      </select>
      <select
        className={styles.input}
        aria-label={t('logic.operator')}
        value={rule.operator}
        onChange={({ target }) => onChange(take(target.value as Operator, asked, rule.values))}
      >
        {all.map((operator) => (
          <option key={operator} value={operator}>
            {t(`operators.${operator}`)}
          </option>
        ))}
      </select>
      {!takesNoValue(rule.operator) && (
        <Values asked={asked} rule={rule} onChange={(values) => onChange({ ...rule, values })} />
      )}
      <button
        type="button"
        className={styles.icon}
        aria-label={t('logic.removeRule')}
        onClick={onRemove}
      >
        ×
      </button>
    </div>
  );
}

interface ValuesProps {
  asked: Askable | undefined;
  rule: Rule;
  onChange: (values: readonly Scalar[]) => void;
}

function Values({ asked, rule, onChange }: ValuesProps) {
  const { t } = useTranslation('designer');
  const options = asked?.options ?? [];
  if (options.length === 0) {
    return (
      <input
        className={styles.input}
        aria-label={t('logic.value')}
        type={asked?.numeric ? 'number' : 'text'}
        value={takesSeveral(rule.operator) ? rule.values.join(', ') : String(rule.values[0] ?? '')}
        onChange={({ target }) =>
          onChange(
            takesSeveral(rule.operator)
              ? target.value.split(/,\s*/).map((part) => typed(part, asked))
              : [typed(target.value, asked)],
          )
        }
      />
    );
  }
  if (takesSeveral(rule.operator)) {
    return (
      <fieldset className={styles.several}>
        <legend className="visually-hidden">{t('logic.value')}</legend>
        {options.map(({ value, text }) => (
          <label key={String(value)}>
            <input
              type="checkbox"
              checked={rule.values.includes(value)}
              onChange={({ target }) =>
                onChange(
                  options
                    .map((option) => option.value)
                    .filter((one) => (one === value ? target.checked : rule.values.includes(one))),
                )
              }
            />{' '}
            {text}
          </label>
        ))}
      </fieldset>
    );
  }
  const [chosen] = rule.values;
  const known = options.some(({ value }) => value === chosen);
  return (
    <select
      className={styles.input}
      aria-label={t('logic.value')}
      value={String(chosen ?? '')}
      onChange={({ target }) => {
        const found = options.find(({ value }) => String(value) === target.value);
        if (found) onChange([found.value]);
      }}
    >
      {!known && <option value={String(chosen ?? '')}>{String(chosen ?? '')}</option>}
      {options.map(({ value, text }) => (
        <option key={String(value)} value={String(value)}>
          {text}
        </option>
      ))}
    </select>
  );
}

const typed = (text: string, asked: Askable | undefined): Scalar =>
  asked?.numeric && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
