import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { getQuestionnaire } from '@akimetr/api/contracts/questionnaires';
import { toXlsForm } from '@akimetr/api/domain/xlsform/export';
import { useApi } from '../../../lib/api-hooks.ts';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { UnsupportedParts } from '../../../ui/UnsupportedParts.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { useDoc } from '../model/designer-store.ts';
import styles from './Files.module.css';

interface Props {
  of: 'draft' | number;
}

/** What an XLSForm of this text cannot hold, before it is downloaded. */
export function XlsFormLosses({ of }: Props) {
  const { t } = useTranslation(['designer', 'office']);
  const { code } = useDraft();
  const draft = useDoc();
  const published = useApi(
    getQuestionnaire,
    { params: { code, version: of === 'draft' ? 1 : of } },
    { enabled: of !== 'draft' },
  );
  const text = of === 'draft' ? draft : published.data?.questionnaire;
  const parts = useMemo(() => (text ? toXlsForm(text).unsupported : null), [text]);
  if (parts === null) return <ProblemNotice error={published.error} />;
  if (parts.length === 0) return <p>{t('files.xlsform.whole')}</p>;
  return (
    <details className={styles.losses}>
      <summary>{t('files.xlsform.losses', { count: parts.length })}</summary>
      <UnsupportedParts parts={parts} caption={t('office:xlsform.unsupported')} />
    </details>
  );
}
