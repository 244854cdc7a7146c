import { useState } from 'react';
import { Button, FileButton, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { code as codeSchema } from '@akimetr/api/contracts/common';
import { createDraft, listDrafts } from '@akimetr/api/contracts/questionnaire-drafts';
import { importQuestionnaire, type QuestionnaireJson } from '@akimetr/api/contracts/questionnaires';
import { questionsOf } from '@akimetr/api/domain/questionnaire-json';
import { ApiProblem } from '../../lib/api-client.ts';
import { useCommand } from '../../lib/api-hooks.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { UnsupportedParts } from '../../ui/UnsupportedParts.tsx';

/** An ODK or Kobo form becomes a draft; what cannot be kept of it is listed before anything is stored. */
export function XlsFormDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['office', 'common']);
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [code, setCode] = useState('');
  const [faulty, setFaulty] = useState(false);
  const read = useCommand(importQuestionnaire);
  const begin = useCommand(createDraft, [listDrafts]);
  const choose = async (file: File | null) => {
    if (!file) return;
    begin.reset();
    setName(file.name);
    read.mutate(
      { body: { file: new Uint8Array(await file.arrayBuffer()) } },
      { onSuccess: ({ questionnaire }) => setCode(codeIn(questionnaire) ?? codeFrom(file.name)) },
    );
  };
  const form = read.data;
  const create = () => {
    const { success } = codeSchema.safeParse(code);
    setFaulty(!success);
    if (!success || !form) return;
    begin.mutate(
      {
        params: { code },
        body: { from: 'json', questionnaire: { ...form.questionnaire, code } },
      },
      { onSuccess: () => void navigate(`/questionnaires/${code}/design`) },
    );
  };
  const taken = begin.error instanceof ApiProblem && begin.error.code === 'conflict';
  return (
    <Modal opened onClose={onClose} size="xl" title={t('xlsform.title')}>
      <Stack>
        <p style={{ margin: 0 }}>{t('xlsform.lead')}</p>
        <Group>
          <FileButton accept=".xlsx" onChange={(file) => void choose(file)}>
            {(props) => (
              <Button {...props} variant={form ? 'default' : 'filled'} loading={read.isPending}>
                {t(form ? 'import.chooseOther' : 'import.choose')}
              </Button>
            )}
          </FileButton>
          {name !== '' && <span>{t('import.file', { name })}</span>}
        </Group>
        <ProblemNotice error={read.error ?? (taken ? null : begin.error)} withFields />
        {form && (
          <>
            <Notice tone={form.unsupported.length > 0 ? 'warning' : 'good'} role="status">
              <p>
                {t('xlsform.read', { questions: questionsOf(form.questionnaire).length })}{' '}
                {form.unsupported.length > 0
                  ? t('xlsform.leftOut', { count: form.unsupported.length })
                  : t('xlsform.whole')}
              </p>
            </Notice>
            {form.unsupported.length > 0 && (
              <UnsupportedParts parts={form.unsupported} caption={t('xlsform.unsupported')} />
            )}
            <TextInput
              label={t('questionnaires.code')}
              description={t('questionnaires.codeWhy')}
              value={code}
              error={(faulty && t('questionnaires.codeForm')) || (taken && t('xlsform.codeTaken'))}
              onChange={({ target }) => {
                setCode(target.value);
                begin.reset();
              }}
            />
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:actions.cancel')}
          </Button>
          {form && (
            <Button loading={begin.isPending} onClick={create}>
              {t('xlsform.create')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

const codeIn = ({ code }: QuestionnaireJson): string | undefined => codeSchema.safeParse(code).data;

/** A code made of a file's name; nothing where it has no Latin letters or digits. */
const codeFrom = (fileName: string): string =>
  fileName
    .toLowerCase()
    .replace(/\.xlsx$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);
