import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { code as codeSchema } from '@akimetr/api/contracts/common';
import { getQuestionnaire, listQuestionnaires } from '@akimetr/api/contracts/questionnaires';
import { useApi } from '../../lib/api-hooks.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import { Designer } from './Designer.tsx';
import { readLocalDraft, type LocalDraft } from './draft/local-draft.ts';

/** The designer of one questionnaire: its draft, else its newest published version, else from nothing. */
export function Page() {
  const { t } = useTranslation(['designer', 'office']);
  const { code = '' } = useParams();
  const [kept] = useState(() => readLocalDraft(code));
  const list = useApi(listQuestionnaires, {}, { enabled: kept === null });
  const newest = list.data?.questionnaires
    .filter((one) => one.code === code)
    .reduce((most, { version }) => Math.max(most, version), 0);
  const version = useApi(
    getQuestionnaire,
    { params: { code, version: newest ?? 1 } },
    { enabled: (newest ?? 0) > 0 },
  );
  const draft = useMemo(
    () => kept ?? draftFrom(code, newest, version.data?.questionnaire),
    [kept, code, newest, version.data],
  );
  const back = <Link to="/questionnaires">← {t('office:questionnaires.back')}</Link>;
  if (!codeSchema.safeParse(code).success) {
    return <PageHeader title={t('badCode')} back={back} />;
  }
  if (!draft) {
    const failed = list.error ? list : version;
    return (
      <>
        <PageHeader title={t('title')} back={back} />
        <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />
        {!failed.error && <TableSkeleton />}
      </>
    );
  }
  return <Designer key={code} code={code} draft={draft} />;
}

function draftFrom(
  code: string,
  newest: number | undefined,
  questionnaire: Record<string, unknown> | undefined,
): LocalDraft | null {
  if (newest === undefined) return null;
  if (newest === 0) return { questionnaire: emptyFor(code), scenarios: [], basedOn: null };
  return questionnaire ? { questionnaire, scenarios: [], basedOn: newest } : null;
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
