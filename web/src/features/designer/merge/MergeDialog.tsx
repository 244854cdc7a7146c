import { useEffect, useMemo, useState } from 'react';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getDraft } from '@akimetr/api/contracts/questionnaire-drafts';
import type { QuestionnaireDraft } from '@akimetr/api/contracts/questionnaire-drafts';
import { mergeQuestionnaires, type Side } from '@akimetr/api/domain/questionnaire-merge';
import { call } from '../../../lib/api-client.ts';
import { formatInstant } from '../../../lib/formats.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../../ui/TableSkeleton.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { useDesignerStore, useDoc } from '../model/designer-store.ts';
import { Conflict } from './Conflict.tsx';
import { mergeScenarios } from './merge-scenarios.ts';
import styles from './Merge.module.css';

interface Props {
  onClose: () => void;
}

/** What is here and what somebody saved meanwhile, joined: a person decides only where both changed the same. */
export function MergeDialog({ onClose }: Props) {
  const { t } = useTranslation(['designer', 'common']);
  const { code } = useDraft();
  const fetched = useMutation({ mutationFn: () => call(getDraft, { params: { code } }) });
  const { mutate } = fetched;
  useEffect(() => mutate(), [mutate]);
  return (
    <Modal opened onClose={onClose} size="xl" title={t('merge.title')}>
      <ProblemNotice error={fetched.error} onRetry={() => mutate()} />
      {fetched.isPending && <TableSkeleton rows={3} />}
      {fetched.data && <Merge theirs={fetched.data} onClose={onClose} />}
    </Modal>
  );
}

function Merge({ theirs, onClose }: Props & { theirs: QuestionnaireDraft }) {
  const { t } = useTranslation(['designer', 'common']);
  const store = useDesignerStore();
  const { keeper, scenarios, setScenarios } = useDraft();
  const [choices, setChoices] = useState<Readonly<Record<string, Side>>>({});
  const base = keeper.base();
  const mine = useDoc();
  const { questionnaire, conflicts } = useMemo(
    () => mergeQuestionnaires(base.doc, mine, theirs.questionnaire, choices),
    [base, mine, theirs, choices],
  );
  const left = conflicts.filter(({ key }) => choices[key] === undefined).length;
  const chooseAll = (side: Side) =>
    setChoices(Object.fromEntries(conflicts.map(({ key }) => [key, side])));
  const take = () => {
    store.restart(questionnaire);
    setScenarios(mergeScenarios(base.scenarios, scenarios, theirs.scenarios, theirs.changedBy));
    keeper.continueFrom(theirs.revision, {
      doc: theirs.questionnaire,
      scenarios: theirs.scenarios,
    });
    onClose();
  };
  const who = { by: theirs.changedBy, when: formatInstant(theirs.changedAt) };
  return (
    <Stack>
      <p style={{ margin: 0 }}>{t('merge.lead', who)}</p>
      <Notice tone={left > 0 ? 'warning' : 'good'} role="status">
        <p>
          {conflicts.length === 0
            ? t('merge.none')
            : left > 0
              ? t('merge.left', { count: left })
              : t('merge.decided')}
        </p>
      </Notice>
      {conflicts.length > 1 && (
        <Group gap="sm">
          <Button variant="default" size="compact-sm" onClick={() => chooseAll('mine')}>
            {t('merge.allMine')}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => chooseAll('theirs')}>
            {t('merge.allTheirs', { by: theirs.changedBy })}
          </Button>
        </Group>
      )}
      <div className={styles.conflicts}>
        {conflicts.map((conflict) => (
          <Conflict
            key={conflict.key}
            conflict={conflict}
            author={theirs.changedBy}
            chosen={choices[conflict.key] ?? null}
            onChoose={(side) => setChoices((now) => ({ ...now, [conflict.key]: side }))}
          />
        ))}
      </div>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common:actions.cancel')}
        </Button>
        <Button disabled={left > 0} onClick={take}>
          {t('merge.take')}
        </Button>
      </Group>
    </Stack>
  );
}
