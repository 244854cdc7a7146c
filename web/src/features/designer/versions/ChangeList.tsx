import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionnaireChange } from '@akimetr/api/contracts/questionnaire-diff';
import { labelledValues } from '@akimetr/api/domain/questionnaire-codebook';
import { useTextName } from '../../../lib/text-name.ts';
import type { Doc } from '../model/document.ts';
import { anyText, flatOf, outlineOf } from '../model/outline.ts';
import { useLanguage } from '../model/working-language.ts';
import { missingWords, scoringWords, type AnswerName } from './scoring-words.ts';
import styles from './Versions.module.css';

interface Props {
  changes: readonly QuestionnaireChange[];
  older: Doc;
  newer: Doc;
}

/** Every change, question by question in the order of the newer text, what was removed last. */
export function ChangeList({ changes, older, newer }: Props) {
  const { t } = useTranslation(['designer', 'office']);
  const language = useLanguage();
  /** What the answers of a question are called in one of the two texts. */
  const answersIn =
    (doc: Doc, name: string): AnswerName =>
    (value) => {
      const found = flatOf(outlineOf(doc)).find((branch) => branch.name === name);
      const entry =
        found && labelledValues(found.element).find((one) => String(one.value) === value);
      return anyText(entry?.text, language) ?? value;
    };
  const titles = useMemo(
    () =>
      new Map(
        [older, newer].flatMap((doc) =>
          flatOf(outlineOf(doc)).flatMap(({ name, element }) => {
            const title = anyText(element.title, language);
            return title === null ? [] : [[name, title] as const];
          }),
        ),
      ),
    [older, newer, language],
  );
  return (
    <>
      <h3>{t('versions.changes')}</h3>
      <p role="status" className={styles.sums}>
        {countsOf(changes)
          .map(([kind, count]) => `${t(`changes.${kind}`)}: ${count}`)
          .join(' · ')}
      </p>
      {byPlace(changes).map(([name, found]) => (
        <section key={name} className={styles.place}>
          <h4>
            {name === '' ? t('office:questionnaires.whole') : (titles.get(name) ?? name)}
            {titles.has(name) && <code>{name}</code>}
          </h4>
          <ul>
            {found.map((change) => (
              <Change
                key={`${change.kind} ${change.property} ${change.after}`}
                change={change}
                answers={{ before: answersIn(older, name), after: answersIn(newer, name) }}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** Kinds that say by themselves which property it was. */
const plainKinds: ReadonlySet<QuestionnaireChange['kind']> = new Set([
  'type_changed',
  'rescored',
  'missing_changed',
  'indicator_changed',
]);

/** Kinds whose text is the title that they stand under. */
const partKinds: ReadonlySet<QuestionnaireChange['kind']> = new Set([
  'page_added',
  'page_removed',
  'question_added',
  'question_removed',
]);
/** Kinds that tell codes of answers. */
const choiceKinds: ReadonlySet<QuestionnaireChange['kind']> = new Set([
  'choice_added',
  'choice_removed',
  'choices_reordered',
]);

interface ChangeProps {
  change: QuestionnaireChange;
  answers: { readonly before: AnswerName; readonly after: AnswerName };
}

function Change({ change: { kind, property, languages, before, after }, answers }: ChangeProps) {
  const { t } = useTranslation('designer');
  const nameOf = useTextName();
  const named = property !== null && !plainKinds.has(kind);
  const about = [named ? nameOf(property) : '', languages.join(', ')];
  // Moved within its page: the same name twice tells nothing.
  const shown = before !== after && !partKinds.has(kind);
  const said = about.filter((one) => one !== '').join(', ');
  const words = (text: string, answerName: AnswerName) => {
    if (kind === 'rescored') return scoringWords(parsed(text), t, answerName);
    if (choiceKinds.has(kind)) return text.split(', ').map(answerName).join(', ');
    return kind === 'missing_changed' ? missingWords(parsed(text), t, answerName) : text;
  };
  return (
    <li data-kind={kind}>
      <span className={styles.kind}>
        {t(`changes.${kind}`)}
        {said !== '' && ` (${said})`}
      </span>
      {shown && before !== null && <del>{words(before, answers.before)}</del>}
      {shown && after !== null && <ins>{words(after, answers.after)}</ins>}
    </li>
  );
}

/** A change tells values as JSON, and a text as it is. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function countsOf(
  changes: readonly QuestionnaireChange[],
): [QuestionnaireChange['kind'], number][] {
  const counts = new Map<QuestionnaireChange['kind'], number>();
  for (const { kind } of changes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts];
}

function byPlace(changes: readonly QuestionnaireChange[]): [string, QuestionnaireChange[]][] {
  const places = new Map<string, QuestionnaireChange[]>();
  for (const change of changes) {
    const name = change.question ?? change.page ?? '';
    places.set(name, [...(places.get(name) ?? []), change]);
  }
  return [...places];
}
