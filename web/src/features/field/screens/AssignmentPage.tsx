import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assignment } from '@akimetr/api/contracts/assignments';
import type { Locale } from '@akimetr/api/contracts/common';
import type { QuestionnaireVersion } from '@akimetr/api/contracts/questionnaires';
import { localeNames, locales, localText } from '../../../lib/i18n.ts';
import { recordContact } from '../../../offline/contacts.ts';
import { startDraft } from '../../../offline/drafts.ts';
import { questionnaireFor } from '../../../offline/field-package.ts';
import { isStorageFull } from '../../../offline/storage-health.ts';
import { ContactForm, withoutInterview } from '../parts/ContactForm.tsx';
import { DraftList } from '../parts/DraftList.tsx';
import { FieldBar } from '../parts/FieldBar.tsx';
import { HouseholdList } from '../parts/HouseholdList.tsx';
import { Note } from '../parts/Note.tsx';
import { ProgressFigures } from '../parts/ProgressFigures.tsx';
import { QuotaTable } from '../parts/QuotaHints.tsx';
import { StorageFull } from '../rescue/StorageFull.tsx';
import { progressOf } from '../state/assignment-progress.ts';
import { goTo } from '../state/field-route.ts';
import { useField } from '../state/field-services.ts';
import { latestAttempts, nextHousehold } from '../state/households.ts';
import { useContacts } from '../state/use-contacts.ts';
import type { FieldData } from '../state/use-field-data.ts';

/** One assignment: where, how far, the household that is tried now, and those to come back to. */
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
        <Households assignment={assignment} data={data} content={packageRow.content} />
      </main>
    </>
  );
}

interface HouseholdsProps {
  assignment: Assignment;
  data: FieldData;
  content: NonNullable<FieldData['packageRow']>['content'];
}

/** The household at hand: an interview begins, or the attempt is written down. */
function Households({ assignment, data: { drafts, outbox }, content }: HouseholdsProps) {
  const { t } = useTranslation('field');
  const { db, sync, appVersion } = useField();
  const contacts = useContacts(assignment.interviewerId);
  const [chosen, setChosen] = useState<number | null>(null);
  const [recording, setRecording] = useState(false);
  const version = questionnaireFor(content, assignment);
  if (!version) return <Note kind="bad" title={t('assignment.noQuestionnaire')} />;
  const wave = content.waves.find(({ id }) => id === assignment.waveId);
  if (wave?.status !== 'open') return <Note kind="warning" title={t('assignment.waveNotOpen')} />;
  if (!contacts) return null;

  const attempts = contacts.map(({ attempt }) => attempt);
  const household =
    chosen ?? nextHousehold(assignment.id, content, [...attempts, ...drafts, ...outbox]);
  const interviewed = new Set(
    outbox.flatMap((row) => (row.assignmentId === assignment.id ? (row.household ?? []) : [])),
  );
  const tried = latestAttempts(assignment.id, contacts, interviewed);
  const done = () => {
    setRecording(false);
    setChosen(null);
    window.scrollTo(0, 0);
  };
  return (
    <>
      {recording ? (
        <ContactForm
          title={t('contact.household', { number: household })}
          dispositions={withoutInterview}
          save={async (outcome) => {
            const { id: assignmentId, waveId, interviewerId } = assignment;
            const entry = { ...outcome, waveId, assignmentId, household, appVersion };
            await recordContact(db, interviewerId, entry, new Date());
            void sync.run();
            done();
          }}
          cancel={{ label: t('contact.cancel'), act: () => setRecording(false) }}
        />
      ) : (
        <StartInterview assignment={assignment} version={version} household={household}>
          <button type="button" className="secondary" onClick={() => setRecording(true)}>
            {t('contact.noInterview')}
          </button>
          {chosen !== null && (
            <button type="button" className="quiet" onClick={() => setChosen(null)}>
              {t('contact.leaveHousehold')}
            </button>
          )}
        </StartInterview>
      )}
      {!recording && (
        <QuotaTable interviewerId={assignment.interviewerId} assignmentId={assignment.id} />
      )}
      {!recording && tried.length > 0 && (
        <section>
          <h2>{t('contact.tried', { count: tried.length })}</h2>
          <HouseholdList
            contacts={tried}
            onChoose={(number) => {
              setChosen(number);
              window.scrollTo(0, 0);
            }}
          />
        </section>
      )}
    </>
  );
}

interface StartProps {
  assignment: Assignment;
  version: QuestionnaireVersion;
  household: number;
  children: ReactNode;
}

/** The language is chosen by the same touch that begins: somebody has just opened the door. */
function StartInterview({ assignment, version, household, children }: StartProps) {
  const { t } = useTranslation(['field', 'common']);
  const { db } = useField();
  const [trouble, setTrouble] = useState<unknown>(null);

  const begin = (language: Locale) => {
    startDraft(db, assignment, version, language, new Date(), household).then(
      ({ id }) => goTo({ screen: 'interview', id }),
      setTrouble,
    );
  };
  return (
    <section className="stack">
      <h2>{t('contact.household', { number: household })}</h2>
      <p>{t('assignment.chooseLanguage')}</p>
      {trouble !== null &&
        (isStorageFull(trouble) ? (
          <StorageFull />
        ) : (
          <Note kind="bad" title={t('common:problems.unexpected')} urgent />
        ))}
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
      {children}
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
