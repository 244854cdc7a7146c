import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assignment } from '@akimetr/api/contracts/assignments';
import type { Locale } from '@akimetr/api/contracts/common';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import { localeNames, locales, localText } from '../../../lib/i18n.ts';
import { startDraft } from '../../../offline/drafts.ts';
import { questionnaireFor } from '../../../offline/field-package.ts';
import { isStorageFull } from '../../../offline/storage-health.ts';
import { DraftList } from '../parts/DraftList.tsx';
import { FieldBar } from '../parts/FieldBar.tsx';
import { Note } from '../parts/Note.tsx';
import { ProgressFigures } from '../parts/ProgressFigures.tsx';
import { progressOf } from '../state/assignment-progress.ts';
import { goTo } from '../state/field-route.ts';
import { useField } from '../state/field-services.ts';
import type { FieldData } from '../state/use-field-data.ts';

/** One assignment: where, how far, and the button that begins an interview. */
export function AssignmentPage({ id, data }: { id: string; data: FieldData }) {
  const { t } = useTranslation('field');
  const { packageRow, drafts, outbox } = data;
  const assignment = packageRow?.content.assignments.find((one) => one.id === id);
  if (!packageRow || !assignment) return <NotHere outbox={outbox} />;
  const own = drafts.filter(({ assignmentId }) => assignmentId === id);
  return (
    <>
      <FieldBar back={{ screen: 'home' }} outbox={outbox} />
      <main className="screen">
        <div className="heading">
          <h1>{localText(assignment.office)}</h1>
          <p>
            {localText(assignment.territoryName)} · {assignment.samplingPoint.name}
          </p>
        </div>
        <ProgressFigures progress={progressOf(assignment, outbox, packageRow.storedAt)} />
        {own.length > 0 && (
          <section>
            <h2>{t('draft.title')}</h2>
            <DraftList drafts={own} withPlace={false} />
          </section>
        )}
        <StartInterview
          assignment={assignment}
          version={questionnaireFor(packageRow.content, assignment)}
          waveOpen={packageRow.content.waves.some(
            (wave) => wave.id === assignment.waveId && wave.status === 'open',
          )}
        />
      </main>
    </>
  );
}

interface StartProps {
  assignment: Assignment;
  version: QuestionnaireVersion | null;
  waveOpen: boolean;
}

/** The language is chosen by the same touch that begins: the respondent has just been asked. */
function StartInterview({ assignment, version, waveOpen }: StartProps) {
  const { t } = useTranslation(['field', 'common']);
  const { db } = useField();
  const [trouble, setTrouble] = useState<string | null>(null);
  if (!version) return <Note kind="bad" title={t('assignment.noQuestionnaire')} />;
  if (!waveOpen) return <Note kind="warning" title={t('assignment.waveNotOpen')} />;

  const begin = (language: Locale) => {
    startDraft(db, assignment, version, language, new Date()).then(
      ({ id }) => goTo({ screen: 'interview', id }),
      (error: unknown) =>
        setTrouble(isStorageFull(error) ? t('storageFull.title') : t('common:problems.unexpected')),
    );
  };
  return (
    <section>
      <h2>{t('assignment.start')}</h2>
      <p>{t('assignment.chooseLanguage')}</p>
      {trouble && <Note kind="bad" title={trouble} urgent />}
      <div className="start-languages">
        {locales.map((locale) => (
          <button
            key={locale}
            type="button"
            lang={locale}
            className="primary"
            onClick={() => begin(locale)}
          >
            {localeNames[locale]}
          </button>
        ))}
      </div>
    </section>
  );
}

function NotHere({ outbox }: Pick<FieldData, 'outbox'>) {
  const { t } = useTranslation('field');
  return (
    <>
      <FieldBar back={{ screen: 'home' }} outbox={outbox} />
      <main className="screen">
        <Note kind="plain" title={t('assignment.gone')} />
      </main>
    </>
  );
}
