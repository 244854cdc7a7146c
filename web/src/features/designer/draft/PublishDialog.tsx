import { useEffect } from 'react';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  checkQuestionnaire,
  listQuestionnaires,
  publishQuestionnaire,
} from '@akimetr/api/contracts/questionnaires';
import { useCommand } from '../../../lib/api-hooks.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { useDesignerStore } from '../model/designer-store.ts';
import { flatOf, outlineOf } from '../model/outline.ts';
import { useDraft } from './draft-context.ts';
import styles from './Draft.module.css';

interface Props {
  onClose: () => void;
  onPublished: () => void;
}

/** Checks the draft as it stands and, where nothing prevents it, publishes it as the next version. */
export function PublishDialog({ onClose, onPublished }: Props) {
  const { t } = useTranslation(['designer', 'office', 'common']);
  const { code } = useDraft();
  const store = useDesignerStore();
  const check = useCommand(checkQuestionnaire);
  const publish = useCommand(publishQuestionnaire, [listQuestionnaires]);
  const questionnaire = { ...store.doc(), code };
  const { mutate } = check;
  useEffect(
    () => mutate({ body: { questionnaire: { ...store.doc(), code } } }),
    [mutate, store, code],
  );
  const faults = check.data?.faults ?? [];
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  const jump = (question: string) => {
    const found = flatOf(outlineOf(store.doc())).find(({ name }) => name === question);
    if (found) store.select(found.path);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} size="xl" title={t('publish.title', { code })}>
      <Stack>
        <p style={{ margin: 0 }}>{t('publish.lead')}</p>
        <ProblemNotice error={check.error ?? publish.error} withFields />
        {check.data && !publish.data && (
          <Notice tone={errors > 0 ? 'danger' : 'good'} role="status">
            <p>
              {errors > 0
                ? t('office:questionnaires.faulty', { count: errors })
                : t('office:questionnaires.faultless')}
            </p>
          </Notice>
        )}
        {faults.length > 0 && !publish.data && (
          <ul className={styles.faults}>
            {faults.map(({ question, message, severity }) => (
              <li key={`${question} ${message}`} data-severity={severity}>
                {question === null ? (
                  <strong>{t('office:questionnaires.whole')}</strong>
                ) : (
                  <button type="button" onClick={() => jump(question)}>
                    {question}
                  </button>
                )}{' '}
                <span lang="en">{message}</span>
              </li>
            ))}
          </ul>
        )}
        {publish.data && (
          <Notice tone="good" role="status">
            <p>{t('office:versions.publishedAs', publish.data)}</p>
          </Notice>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:actions.close')}
          </Button>
          {check.data && errors === 0 && !publish.data && (
            <Button
              loading={publish.isPending}
              onClick={() =>
                publish.mutate(
                  { params: { code }, body: { questionnaire } },
                  { onSuccess: onPublished },
                )
              }
            >
              {t('office:versions.publishNext', { code })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
