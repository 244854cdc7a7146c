import type { FileReply } from '../contracts/operation.ts';
import type { Locale } from '../contracts/common.ts';
import { spreadsheetType } from '../contracts/operation.ts';
import type { QuestionnaireFile, QuestionnaireJson } from '../contracts/questionnaires.ts';
import { printedForm } from '../domain/printed-form.ts';
import { codebookOf } from '../domain/questionnaire-codebook.ts';
import type { Deps } from './deps.ts';
import { printedFormPdf } from './printed-form-pdf.ts';
import { getDraft } from './questionnaire-drafts.ts';
import { getQuestionnaire } from './questionnaires.ts';
import { translationsWorkbook } from './translations.ts';
import { writeWorkbook } from './workbooks.ts';
import { xlsFormWorkbook } from './xlsform.ts';

async function codebookWorkbook(questionnaire: QuestionnaireJson) {
  const { questions, values } = codebookOf(questionnaire);
  return writeWorkbook([
    { name: 'questions', rows: questions, widths: [8, 24, 16, 50, 50, 50, 20, 40, 40, 10] },
    { name: 'values', rows: values, widths: [28, 18, 40, 40, 40, 10, 16] },
  ]);
}

/** Makes one file of a questionnaire. @param name what the file's name and footer begin with: code and version */
async function makeFile(
  deps: Deps,
  questionnaire: QuestionnaireJson,
  name: string,
  file: QuestionnaireFile,
): Promise<FileReply> {
  const named = { name: `${name}-${file}` };
  const workbook = { ...named, type: spreadsheetType };
  switch (file) {
    case 'questionnaire.json': {
      const bytes = new TextEncoder().encode(`${JSON.stringify(questionnaire, null, 2)}\n`);
      return { ...named, type: 'application/json', bytes };
    }
    case 'strings.xlsx':
      return { ...workbook, bytes: await translationsWorkbook(questionnaire) };
    case 'codebook.xlsx':
      return { ...workbook, bytes: await codebookWorkbook(questionnaire) };
    case 'xlsform.xlsx':
      return { ...workbook, bytes: await xlsFormWorkbook(questionnaire) };
    case 'form-kk.pdf':
    case 'form-ru.pdf':
    case 'form-en.pdf': {
      const form = printedForm(questionnaire, file.slice(5, 7) as Locale);
      const bytes = await printedFormPdf(form, deps.fontsDir, name);
      return { ...named, type: 'application/pdf', bytes };
    }
  }
}

export async function versionFile(
  deps: Deps,
  code: string,
  version: number,
  file: QuestionnaireFile,
): Promise<FileReply> {
  const { questionnaire } = await getQuestionnaire(code, version);
  return makeFile(deps, questionnaire, `${code}-${version}`, file);
}

export async function draftFile(
  deps: Deps,
  code: string,
  file: QuestionnaireFile,
): Promise<FileReply> {
  const { questionnaire, revision } = await getDraft(code);
  return makeFile(deps, questionnaire, `${code}-draft-${revision}`, file);
}
