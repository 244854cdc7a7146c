import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { getQuestionnaire } from '@akimetr/api/contracts/questionnaires';
import { useApi } from '../../lib/api-hooks.ts';
import { formatInstant } from '../../lib/formats.ts';
import { localText } from '../../lib/i18n.ts';
import { useMay } from '../../lib/session.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import { EditAsNew } from './EditAsNew.tsx';
import { outlineOf } from './questionnaire-outline.ts';
import type { OutlineQuestion } from './questionnaire-outline.ts';
import styles from './Questionnaire.module.css';

/** One published version, as it is asked, in the language of the reader. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const { code = '', version = '' } = useParams();
  const mayDraft = useMay('questionnaires.draft');
  const { data, error, isPending, refetch } = useApi(getQuestionnaire, {
    params: { code, version: Number(version) },
  });
  const back = <Link to="/questionnaires">← {t('questionnaires.back')}</Link>;
  if (!data) {
    return (
      <>
        <PageHeader title={t('questionnaires.one')} back={back} />
        <ProblemNotice error={error} onRetry={() => void refetch()} />
        {isPending && <TableSkeleton />}
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={localText(data.title)}
        lead={`${t('versions.of', data)}. ${t('versions.publishedBy', {
          name: data.publishedBy,
          when: formatInstant(data.publishedAt),
        })}`}
        back={back}
        action={mayDraft && <EditAsNew code={code} version={data.version} />}
      />
      <p className="soft">
        SHA-256 <code className={styles.hash}>{data.hash}</code>
      </p>
      {outlineOf(data.questionnaire).map((page, index) => (
        <section key={index} className={styles.page}>
          <Title order={2}>
            {page.title ? localText(page.title) : t('questionnaires.page', { number: index + 1 })}
          </Title>
          <ol className={styles.questions}>
            {page.questions.map((question) => (
              <li key={question.name}>
                <Question question={question} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function Question({ question }: { question: OutlineQuestion }) {
  const { t } = useTranslation('office');
  return (
    <>
      <p className={styles.title}>{question.title ? localText(question.title) : question.name}</p>
      <p className={styles.about}>
        <code>{question.name}</code>
        {question.indicator && (
          <>
            {' '}
            · {t('questionnaires.indicator')}: <code>{question.indicator}</code>
          </>
        )}
      </p>
      {question.choices.length > 0 && (
        <ul className={styles.choices}>
          {question.choices.map(({ value, title }) => (
            <li key={value}>{title ? localText(title) : value}</li>
          ))}
        </ul>
      )}
    </>
  );
}
