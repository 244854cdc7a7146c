import { useTranslation } from 'react-i18next';
import { localText } from '../../../lib/i18n.ts';
import type { AccountRow } from '../../../offline/database.ts';
import { DraftList } from '../parts/DraftList.tsx';
import { FieldBar } from '../parts/FieldBar.tsx';
import { PlaceLines } from '../parts/PlaceLines.tsx';
import { ProgressFigures } from '../parts/ProgressFigures.tsx';
import { ReadyCard } from '../parts/ReadyCard.tsx';
import { SignInNote } from '../parts/SignInNote.tsx';
import { WhatsNew } from '../parts/WhatsNew.tsx';
import { progressOf } from '../state/assignment-progress.ts';
import { goTo } from '../state/field-route.ts';
import { useSyncState } from '../state/field-services.ts';
import type { FieldData } from '../state/use-field-data.ts';

/** The first screen: ready or not, what was begun, what there is to do. */
export function HomePage({ account, data }: { account: AccountRow; data: FieldData }) {
  const { t } = useTranslation('field');
  const { drafts, outbox, packageRow } = data;
  const waves = packageRow?.content.waves ?? [];
  return (
    <>
      <FieldBar outbox={outbox} />
      <main className="screen">
        <div className="heading">
          <h1>{account.user.name}</h1>
          {waves.map(({ id, name }) => (
            <p key={id} className="soft">
              {localText(name)}
            </p>
          ))}
        </div>
        <SignInNote />
        <WhatsNew />
        <ReadyCard account={account} />
        {drafts.length > 0 && (
          <section>
            <h2>{t('draft.title')}</h2>
            <DraftList drafts={drafts} withPlace />
          </section>
        )}
        <section>
          <h2>{t('assignment.title')}</h2>
          <AssignmentList data={data} />
        </section>
        <button type="button" className="quiet" onClick={() => goTo({ screen: 'tablet' })}>
          {t('tablet.title')}
        </button>
      </main>
    </>
  );
}

function AssignmentList({ data: { packageRow, outbox } }: { data: FieldData }) {
  const { t } = useTranslation('field');
  const { running } = useSyncState();
  if (!packageRow) return <p>{t(running ? 'ready.downloading' : 'assignment.notDownloaded')}</p>;
  const { assignments } = packageRow.content;
  if (assignments.length === 0) return <p>{t('assignment.none')}</p>;
  return (
    <ul className="cards">
      {assignments.map((assignment) => (
        <li key={assignment.id}>
          <button
            type="button"
            className="card card-button"
            onClick={() => goTo({ screen: 'assignment', id: assignment.id })}
          >
            <PlaceLines place={assignment} />
            <ProgressFigures progress={progressOf(assignment, outbox, packageRow.storedAt)} />
          </button>
        </li>
      ))}
    </ul>
  );
}
