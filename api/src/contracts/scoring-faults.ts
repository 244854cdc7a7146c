/**
 * Why a scoring rule does not fit its question, in English. The web says the same in the reader's language; what stands here
 * first is read first, and `test/web/fault-words.test.ts` holds the two together.
 */
import { fill, reader, type ValuesOf } from './sentences.ts';

export const scoringFaults = {
  in_column: 'column "{column}": {reason}',
  unknown_property: 'scoring has an unknown property "{key}"',
  map_one_value: 'a map scores one value, this question gives a list',
  map_named_values: 'a map needs a question with named values',
  map_scores: 'map needs "scores": an object from answer value to 0–100',
  score_range: 'the score of "{value}" is not a number from 0 to 100',
  scored_and_missing: '"{value}" has a score and is a missing value too',
  scored_not_answered: '"{value}" has a score but cannot be answered',
  neither: 'the answer "{value}" has neither a score nor a kind of missing',
  linear_one_number: 'linear scores one number, this question gives a list',
  linear_ends: 'linear needs the numbers "from" and "to"',
  linear_differ: 'linear needs "from" and "to" that differ',
  range_uncovered: 'the scale {least}–{greatest} is not covered by {low}–{high}',
  answer_no_number: 'the answer "{value}" is no number and no kind of missing',
  answer_outside: 'the answer {value} is outside {low}–{high}',
  several_wanted: '{kind} needs a question with several choices',
  of_wanted: '{kind} needs "of": a list of choices',
  of_twice: '"of" names "{choice}" twice',
  of_no_choice: '"of" names "{choice}", which is not a choice',
  counted_and_missing: '"{choice}" is counted and is a missing value too',
  count_full: 'count needs "full": a whole number from 1 to {most}',
  ranking_wanted: 'position needs a ranking question',
  position_choice: 'position needs "choice"',
  not_in_ranking: '"{choice}" is not a choice of the ranking',
  lonely_choice: 'a ranking of one choice has no positions',
  scoring_no_object: 'scoring is not an object',
  kind_unknown: 'scoring has the unknown kind {kind} for this question',
  reversed_flag: '"reversed" is not true or false',
  missing_no_object: 'missingValues is not an object',
  missing_kind: 'missingValues has an unknown kind "{kind}"',
  missing_no_list: 'missingValues.{kind} is not a list of values',
  missing_twice: '"{value}" is listed as missing twice',
  missing_not_answered: 'the missing value "{value}" cannot be answered',
  reversed_rows: '"reversedRows" is not a list of rows',
  reversed_no_row: '"reversedRows" names "{row}", which is not a row',
  columns_wanted: 'a matrixdropdown needs a rule for each column, of the kind "columns"',
  no_rows: 'the matrix has no rows',
  no_column: '"{column}" is not a column',
  rows_belong_to_matrix: '"reversedRows" belongs to a matrix',
  no_indicator: 'it has scoring but no indicator',
  indicator_no_name: 'indicator is not a name',
  no_scoring: 'it has an indicator but no scoring',
  inside_panel:
    'a question inside a dynamic panel is asked any number of times and cannot be scored',
  unnamed: 'questions without a name',
  same_name: 'two questions have this name',
  empty: 'the questionnaire has no questions',
  methodology_no_indicator: 'the methodology has no indicator "{indicator}"',
  indicator_unmeasured: 'no question measures the indicator "{indicator}"',
  minimum_items: 'minimumItems of "{indicator}" is not a whole number from 1 to {most}',
  choices_by_url: 'its choices come from a URL and cannot be scored',
  choices_from_nowhere: 'its choices come from "{question}", which does not exist',
  no_choices: 'it has no choices',
  two_handles: 'a slider with two handles gives two numbers and cannot be scored',
  text_not_number: 'a text without inputType "number" cannot be scored',
  number_ends: 'a number needs "min" and "max" to be scored',
  no_columns: 'the matrix has no columns',
  several_ticks: 'a matrix of several ticks in one row cannot be scored',
  grid_in_grid: 'a grid inside a grid cannot be scored',
  list_of_objects: 'its value is a list of objects and cannot be scored',
  type_unscorable: 'a question of type "{type}" cannot be scored',
} as const;

export type ScoringFaultCode = keyof typeof scoringFaults;

/** The English sentence. @example scoringFault('no_column', { column: 'c' }) → '"c" is not a column' */
export const scoringFault = <Code extends ScoringFaultCode>(
  code: Code,
  ...[values]: ValuesOf<(typeof scoringFaults)[Code]>
): string => fill(scoringFaults[code], values);

/** Which of them a sentence is, and what stands in its places; null for any other. */
export const readScoringFault = reader(scoringFaults);
