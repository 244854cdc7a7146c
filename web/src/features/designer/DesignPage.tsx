import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams } from 'react-router';
import { code as codeSchema } from '@akimetr/api/contracts/common';
import { createDraft, getDraft, listDrafts } from '@akimetr/api/contracts/questionnaire-drafts';
import { listQuestionnaires } from '@akimetr/api/contracts/questionnaires';
import { ApiProblem } from '../../lib/api-client.ts';
import { keyOf, useApi, useCommand } from '../../lib/api-hooks.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import { Designer } from './Designer.tsx';

/**
 * The designer of one questionnaire: its draft, begun from nothing where nothing of this code is published. Without a
 * draft the newest published version is shown instead: a new one is begun there, and only by whoever wants it.
 */
export function Page() {
  const { t } = useTranslation(['designer', 'office']);
  const { code = '' } = useParams();
  const valid = codeSchema.safeParse(code).success;
  const draft = useApi(getDraft, { params: { code } }, { enabled: valid, freshForMs: Infinity });
  useFreshNextTime(code);
  const missing = draft.error instanceof ApiProblem && draft.error.code === 'not_found';
  const published = useApi(listQuestionnaires, {}, { enabled: missing });
  const begin = useCommand(createDraft, [getDraft, listDrafts]);
  const { mutate, isIdle } = begin;
  const newest = published.data?.questionnaires
    .filter((one) => one.code === code)
    .reduce((most, { version }) => Math.max(most, version), 0);
  useEffect(() => {
    if (!missing || newest !== 0 || !isIdle) return;
    mutate({ params: { code }, body: { from: 'json', questionnaire: emptyFor(code) } });
  }, [missing, newest, isIdle, mutate, code]);

  if (draft.data) {
    return <Designer key={`${code} ${draft.dataUpdatedAt}`} draft={draft.data} />;
  }
  if (missing && newest) return <Navigate to={`/questionnaires/${code}/${newest}`} replace />;
  const back = <Link to="/questionnaires">← {t('office:questionnaires.back')}</Link>;
  const error = (missing ? null : draft.error) ?? published.error ?? begin.error;
  return (
    <>
      <PageHeader title={t(valid ? 'title' : 'badCode')} back={back} />
      <ProblemNotice error={error} onRetry={() => void draft.refetch()} />
      {valid && !error && <TableSkeleton />}
    </>
  );
}

/** What is open is the truth while it is open; the next time it is fetched anew. */
function useFreshNextTime(code: string) {
  const client = useQueryClient();
  useEffect(
    () => () => client.removeQueries({ queryKey: keyOf(getDraft, { params: { code } }) }),
    [client, code],
  );
}

/** A questionnaire of which nothing is written yet. */
const emptyFor = (code: string) => ({
  code,
  levels: ['district'],
  locale: 'kk',
  clearInvisibleValues: 'onHidden',
  showQuestionNumbers: 'on',
  pages: [{ name: 'page_1', elements: [] }],
});
