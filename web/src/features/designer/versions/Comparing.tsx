import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getQuestionnaire } from '@akimetr/api/contracts/questionnaires';
import { diffQuestionnaires } from '@akimetr/api/domain/questionnaire-diff';
import { useApi } from '../../../lib/api-hooks.ts';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../../ui/TableSkeleton.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { useDoc } from '../model/designer-store.ts';
import { ChangeList } from './ChangeList.tsx';
import { Verdicts } from './Verdicts.tsx';
import fields from '../Fields.module.css';
import styles from './Versions.module.css';

type Side = 'draft' | number;

interface Props {
  /** Newest first; at least one. */
  versions: readonly number[];
}

/** Two texts of the questionnaire side by side: the draft as it stands on the screen, or any version. */
export function Comparing({ versions }: Props) {
  const { t } = useTranslation('designer');
  const [from, setFrom] = useState<Side>(versions[0]!);
  const [to, setTo] = useState<Side>('draft');
  const [older, newer] = [useText(from), useText(to)];
  const diff = useMemo(
    () => older.doc && newer.doc && diffQuestionnaires(older.doc, newer.doc),
    [older.doc, newer.doc],
  );
  const choice = (label: string, side: Side, set: (side: Side) => void) => (
    <label>
      <span>{label}</span>
      <select
        className={fields.select}
        value={side}
        onChange={({ target: { value } }) => set(value === 'draft' ? value : Number(value))}
      >
        <option value="draft">{t('versions.draft')}</option>
        {versions.map((version) => (
          <option key={version} value={version}>
            {t('versions.numbered', { version })}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <section aria-labelledby="comparing">
      <h2 id="comparing">{t('versions.compare')}</h2>
      <div className={styles.sides}>
        {choice(t('versions.from'), from, setFrom)}
        {choice(t('versions.to'), to, setTo)}
      </div>
      <ProblemNotice
        error={older.error ?? newer.error}
        onRetry={() => {
          older.again();
          newer.again();
        }}
      />
      {!diff && !older.error && !newer.error && <TableSkeleton rows={3} />}
      {diff && diff.changes.length === 0 && <p role="status">{t('versions.same')}</p>}
      {diff && diff.changes.length > 0 && (
        <>
          <Verdicts indicators={diff.indicators} />
          <ChangeList changes={diff.changes} older={older.doc!} newer={newer.doc!} />
        </>
      )}
    </section>
  );
}

/** The text of one side; the draft is the one being written, saved or not. */
function useText(side: Side) {
  const { code } = useDraft();
  const draft = useDeferredValue(useDoc());
  const isDraft = side === 'draft';
  const version = useApi(
    getQuestionnaire,
    { params: { code, version: isDraft ? 0 : side } },
    { enabled: !isDraft, freshForMs: Infinity },
  );
  return {
    doc: isDraft ? draft : version.data?.questionnaire,
    error: isDraft ? null : version.error,
    again: () => {
      if (version.error) void version.refetch();
    },
  };
}
