/** What each finding says in English; the web has the same in three languages under the same codes. */
import type { FindingCode, QuestionnaireFault } from '../contracts/questionnaire-findings.ts';

type Params = QuestionnaireFault['params'];

const messages: Readonly<Record<FindingCode, (params: Params) => string>> = {
  unreadable: ({ reason }) => `survey-core cannot read it: ${reason}`,
  json_error: ({ reason }) => String(reason),
  no_questions: () => 'there is no question',
  unknown_type: ({ type }) => `there is no question type "${type}"`,
  identifies_people: ({ type }) =>
    `"${type}" collects pictures, files or signatures: they tell who answered, so no interview holds them`,
  type_unaskable: ({ type }) =>
    `"${type}" cannot be asked in an interview: there is nothing in it to read out question by question`,
  name_form: () => 'the name must be lower_snake_case',
  name_twice: () => 'another question has the same name',
  name_reused: ({ version }) =>
    `version ${version} asks something else under this name; answers would be mixed up`,
  value_twice: ({ property, value }) =>
    `${property}: "${value}" stands more than once; answers would be mixed up`,
  levels_missing: () => 'levels: name at least one of region, district, rural',
  slow_parts: ({ parts }) =>
    `these parts make the server's check of each interview much slower: ${parts}`,
  title_missing: () => 'title: give it in kk, ru and en',
  text_missing: ({ property, languages }) => `${property}: missing in ${languages}`,
  reading_long: ({ language, minutes, most }) =>
    `reading it aloud takes ${minutes} minutes in ${language}, more than ${most}`,
  expression_unreadable: ({ property, at }) => `${property} cannot be read at character ${at}`,
  reference_unknown: ({ property, name }) => `${property} names "${name}", which does not exist`,
  reference_forward: ({ property, name }) =>
    `${property} depends on "${name}", which is asked on a later page`,
  reference_self: ({ property }) => `${property} depends on the answer to the question itself`,
  value_unknown: ({ property, name, value }) =>
    `${property} compares "${name}" with "${value}", which cannot be answered`,
  cycle: ({ names }) => `these depend on each other in a circle: ${names}`,
  never_asked: () => 'no answers make it asked: its conditions can never hold',
  scoring_fault: ({ reason }) => String(reason),
  unscored: () => 'it can be scored and is not; right for facts about the respondent',
  indicator_without_items: ({ indicator }) => `no question measures the indicator "${indicator}"`,
  indicator_unknown: ({ indicator }) => `the methodology has no indicator "${indicator}"`,
  scale_unbalanced: ({ better, worse }) =>
    `the scale has ${better} answers above the middle and ${worse} below it`,
  scale_unlabelled: ({ points }) => `points of the scale without a label: ${points}`,
  no_dont_know: () => 'it is scored and leaves no way to say "don\'t know"',
};

export interface Place {
  readonly question?: string | null;
  readonly page?: string | null;
  readonly path?: string;
}

/**
 * One finding with its message.
 * @example finding('no_questions', 'error') → { code: 'no_questions', severity: 'error', message: 'there is no question', … }
 */
export function finding(
  code: FindingCode,
  severity: QuestionnaireFault['severity'],
  { question = null, page = null, path = '' }: Place = {},
  params: Params = {},
): QuestionnaireFault {
  return { code, severity, question, page, path, params, message: messages[code](params) };
}
