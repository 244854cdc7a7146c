import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../../lib/formats.ts';
import type { StoredDraft } from '../../../offline/database.ts';
import { dropDraft } from '../../../offline/drafts.ts';
import { goTo } from '../state/field-route.ts';
import { useField } from '../state/field-services.ts';
import { PlaceLines } from './PlaceLines.tsx';

interface Props {
  drafts: readonly StoredDraft[];
  /** On the assignment's own page its place need not be repeated. */
  withPlace: boolean;
}

/** Interviews begun and not finished, to be gone on with. */
export function DraftList({ drafts, withPlace }: Props) {
  return (
    <ul className="cards">
      {drafts.map((draft) => (
        <li key={draft.id} className="card">
          <DraftCard draft={draft} withPlace={withPlace} />
        </li>
      ))}
    </ul>
  );
}

function DraftCard({ draft, withPlace }: { draft: StoredDraft; withPlace: boolean }) {
  const { t } = useTranslation(['field', 'common']);
  const { db } = useField();
  const [deleting, setDeleting] = useState(false);
  if (deleting) {
    return (
      <div className="ask" role="alertdialog" aria-label={t('draft.deleteQuestion')}>
        <p>{t('draft.deleteQuestion')}</p>
        <div className="actions">
          <button type="button" className="secondary" onClick={() => setDeleting(false)}>
            {t('draft.keep')}
          </button>
          <button type="button" className="danger" onClick={() => void dropDraft(db, draft.id)}>
            {t('draft.delete')}
          </button>
        </div>
      </div>
    );
  }
  return (
    <>
      {withPlace && <PlaceLines place={draft.place} />}
      <p className="soft">
        {t('draft.summary', { started: formatInstant(draft.startedAt), count: draft.answered })}
      </p>
      <div className="actions">
        <button
          type="button"
          className="secondary"
          onClick={() => goTo({ screen: 'interview', id: draft.id })}
        >
          {t('draft.resume')}
        </button>
        {!withPlace && (
          <button type="button" className="quiet" onClick={() => setDeleting(true)}>
            {t('draft.delete')}
          </button>
        )}
      </div>
    </>
  );
}
