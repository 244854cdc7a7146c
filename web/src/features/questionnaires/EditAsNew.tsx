import { Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { createDraft, getDraft, listDrafts } from '@akimetr/api/contracts/questionnaire-drafts';
import { useApi, useCommand } from '../../lib/api-hooks.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';

interface Props {
  code: string;
  version: number;
}

/** A published version never changes: a draft of the next one is begun from it, or the one that there is opened. */
export function EditAsNew({ code, version }: Props) {
  const { t } = useTranslation('office');
  const navigate = useNavigate();
  const drafts = useApi(listDrafts, {});
  const begin = useCommand(createDraft, [getDraft, listDrafts]);
  const design = `/questionnaires/${code}/design`;
  if (!drafts.data) return null;
  if (drafts.data.drafts.some((one) => one.code === code)) {
    return (
      <Button component={Link} to={design} variant="default">
        {t('newVersion.open')}
      </Button>
    );
  }
  const create = () =>
    begin.mutate(
      { params: { code }, body: { from: 'version', version } },
      { onSuccess: () => void navigate(design) },
    );
  return (
    <Stack gap="xs" align="flex-end">
      <Button loading={begin.isPending} onClick={create}>
        {t('newVersion.begin')}
      </Button>
      <ProblemNotice error={begin.error} />
    </Stack>
  );
}
