import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesigner } from '../model/designer-store.ts';
import { useLanguage } from '../model/working-language.ts';
import type { EditorProps } from '../properties/editor-props.ts';
import styles from './Logic.module.css';
import { ConditionBuilder } from './ConditionBuilder.tsx';
import { groupFrom, readExpression } from './condition.ts';
import { askablesOf, type Askable } from './condition-questions.ts';

/** A condition as rules where it can be, and always as an expression; what is wrong with it is said as it is typed. */
export function ConditionEditor({ id, field, value, set, label }: EditorProps) {
  const { t } = useTranslation('designer');
  const text = typeof value === 'string' ? value : '';
  const [asText, setAsText] = useState(field.kind === 'expression');
  const doc = useDesigner(({ present }) => present.doc);
  const language = useLanguage();
  const askables = useMemo(() => askablesOf(doc, language), [doc, language]);
  const group = useMemo(() => groupFrom(text), [text]);
  const builds = field.kind === 'condition';
  const showsRules = builds && group !== null && !asText;
  return (
    <div className={styles.editor}>
      {showsRules ? (
        <ConditionBuilder
          group={group}
          askables={askables}
          label={label}
          onChange={(next) => set(next === '' ? undefined : next)}
        />
      ) : (
        <textarea
          id={id}
          className={styles.expression}
          rows={2}
          spellCheck={false}
          value={text}
          onChange={({ target }) => set(target.value === '' ? undefined : target.value)}
        />
      )}
      <ExpressionFaults text={text} askables={askables} />
      {builds && (
        <button
          type="button"
          className={styles.link}
          disabled={group === null}
          onClick={() => setAsText(!asText)}
        >
          {group === null ? t('logic.onlyText') : asText ? t('logic.asRules') : t('logic.asText')}
        </button>
      )}
    </div>
  );
}

interface FaultProps {
  text: string;
  askables: readonly Askable[];
}

/** Names that come from outside of the questionnaire, or mean the place they stand in. */
const given =
  /^(office|territory|row|panel|parentpanel|item|choice|self|rowindex|panelindex|rowvalue|rowname|#|\$)/i;

function ExpressionFaults({ text, askables }: FaultProps) {
  const { t } = useTranslation('designer');
  if (text.trim() === '') return null;
  const read = readExpression(text);
  if ('at' in read) {
    return (
      <p className={styles.fault} role="alert">
        {t('logic.unreadable', { rest: text.slice(read.at, read.at + 20) || '…' })}
      </p>
    );
  }
  const known = new Set(askables.map(({ name }) => rootOf(name)));
  const unknown = read.names.filter((name) => !given.test(name) && !known.has(rootOf(name)));
  if (unknown.length === 0) return null;
  return (
    <p className={styles.fault} role="alert">
      {t('logic.unknownNames', { names: [...new Set(unknown)].join(', ') })}
    </p>
  );
}

const rootOf = (name: string): string =>
  name
    .replace(/-comment$/i, '')
    .split(/[.[]/)[0]
    ?.toLowerCase() ?? '';
