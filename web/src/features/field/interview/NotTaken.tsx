import { useTranslation } from 'react-i18next';
import type { DraftRow } from '../../../offline/database.ts';
import { recordContact } from '../../../offline/contacts.ts';
import { ContactForm, withoutInterview } from '../parts/ContactForm.tsx';
import { goTo } from '../state/field-route.ts';
import { useField } from '../state/field-services.ts';
import type { InterviewSession } from './interview-session.ts';

const dispositions = {
  'not-taken': withoutInterview,
  refusing: ['refusal'],
  'breaking-off': ['break_off'],
} as const;

interface Props {
  draft: DraftRow;
  session: InterviewSession;
  stage: keyof typeof dispositions;
}

/** There is no interview: the attempt takes the draft's place, with the reason and none of the answers. */
export function NotTaken({ draft, session, stage }: Props) {
  const { t } = useTranslation('field');
  const { db, sync, appVersion } = useField();
  const { id, interviewerId, assignmentId, place } = draft;
  // A draft of an older app has no number: such a household is counted as the first.
  const household = draft.household ?? 1;
  return (
    <div className="seal stack">
      <ContactForm
        title={t(`interviewTools.notTaken.${stage}`)}
        dispositions={dispositions[stage]}
        save={async (outcome) => {
          await session.save();
          const entry = { ...outcome, waveId: place.waveId, assignmentId, household, appVersion };
          await recordContact(db, interviewerId, entry, new Date(), id);
          void sync.run();
          goTo({ screen: 'assignment', id: assignmentId }, 'replace');
        }}
        cancel={{
          label: t(`interviewTools.notTakenBack.${stage}`),
          act: session.backToQuestions,
        }}
      />
    </div>
  );
}
