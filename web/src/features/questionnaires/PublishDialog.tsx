import { Suspense, lazy, useState } from 'react';
import { Button, FileButton, Group, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { code as codeSchema } from '@akimetr/api/contracts/common';
import {
  checkQuestionnaire,
  listQuestionnaires,
  publishQuestionnaire,
  questionnaireJson,
} from '@akimetr/api/contracts/questionnaires';
import type { QuestionnaireJson } from '@akimetr/api/contracts/questionnaires';
import { useCommand } from '../../lib/api-hooks.ts';
import { loadDesignerTexts } from '../../lib/designer-texts.ts';
import { readJsonFile } from '../../lib/json-file.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';

/** Findings speak in the designer's words; the list of questionnaires does without them until there are some. */
const FaultList = lazy(async () => {
  const [list] = await Promise.all([import('./FaultList.tsx'), loadDesignerTexts()]);
  return { default: list.FaultList };
});

interface Chosen {
  name: string;
  /** Null when the file holds no questionnaire with a code. */
  questionnaire: (QuestionnaireJson & { code: string }) | null;
}

/** A questionnaire from a JSON file: checked whole, and published only when nothing in it is wrong. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['office', 'common']);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const check = useCommand(checkQuestionnaire);
  const publish = useCommand(publishQuestionnaire, [listQuestionnaires]);
  const choose = async (file: File | null) => {
    if (!file) return;
    check.reset();
    publish.reset();
    const { name, value } = await readJsonFile(file);
    const parsed = questionnaireJson.safeParse(value);
    const code = codeSchema.safeParse(parsed.data?.code);
    const questionnaire =
      parsed.success && code.success ? { ...parsed.data, code: code.data } : null;
    setChosen({ name, questionnaire });
    if (questionnaire) check.mutate({ body: { questionnaire } });
  };
  const questionnaire = chosen?.questionnaire;
  const faults = check.data?.faults ?? [];
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  const ready = questionnaire && check.data && errors === 0 && !publish.data;
  return (
    <Modal opened onClose={onClose} size="xl" title={t('questionnaires.publish')}>
      <Stack>
        <p style={{ margin: 0 }}>{t('questionnaires.publishLead')}</p>
        <Group>
          <FileButton accept=".json,application/json" onChange={(file) => void choose(file)}>
            {(props) => (
              <Button {...props} variant={ready ? 'default' : 'filled'} loading={check.isPending}>
                {t(chosen ? 'import.chooseOther' : 'import.choose')}
              </Button>
            )}
          </FileButton>
        </Group>
        {chosen && <p style={{ margin: 0 }}>{t('import.file', { name: chosen.name })}</p>}
        {chosen && !questionnaire && (
          <Notice tone="danger" role="alert">
            <p>{t('questionnaires.notOne')}</p>
          </Notice>
        )}
        <ProblemNotice error={check.error ?? publish.error} withFields />
        {check.data && !publish.data && (
          <Notice tone={errors > 0 ? 'danger' : 'good'} role="status">
            <p>
              {errors > 0
                ? t('questionnaires.faulty', { count: errors })
                : t('questionnaires.faultless')}
            </p>
          </Notice>
        )}
        {faults.length > 0 && (
          <Suspense fallback={<TableSkeleton rows={4} />}>
            <FaultList faults={faults} />
          </Suspense>
        )}
        {publish.data && (
          <Notice tone="good" role="status">
            <p>{t('versions.publishedAs', publish.data)}</p>
          </Notice>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:actions.close')}
          </Button>
          {ready && (
            <Button
              loading={publish.isPending}
              onClick={() =>
                publish.mutate({ params: { code: questionnaire.code }, body: { questionnaire } })
              }
            >
              {t('versions.publishNext', { code: questionnaire.code })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
