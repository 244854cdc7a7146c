import { useEffect, useState } from 'react';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { listDrafts, publishDraft } from '@akimetr/api/contracts/questionnaire-drafts';
import { checkQuestionnaire, listQuestionnaires } from '@akimetr/api/contracts/questionnaires';
import { useCommand } from '../../../lib/api-hooks.ts';
import { useFindingWords } from '../../../lib/use-finding-words.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { useMend } from '../check/FindingLines.tsx';
import { gravestFirst } from '../check/use-findings.ts';
import { useDesignerStore } from '../model/designer-store.ts';
import { useDraft } from './draft-context.ts';
import styles from './Draft.module.css';

interface Props {
  onClose: () => void;
}

/** Checks the draft as it stands and, where nothing prevents it, publishes it as the next version. */
export function PublishDialog({ onClose }: Props) {
  const { t } = useTranslation(['designer', 'office', 'common']);
  const { code, keeper } = useDraft();
  const navigate = useNavigate();
  const [unsaved, setUnsaved] = useState(false);
  const store = useDesignerStore();
  const check = useCommand(checkQuestionnaire);
  const publish = useCommand(publishDraft, [listQuestionnaires, listDrafts]);
  const { mutate } = check;
  useEffect(
    () => mutate({ body: { questionnaire: { ...store.doc(), code } } }),
    [mutate, store, code],
  );
  const settleAndPublish = async () => {
    const saved = await keeper.settle();
    setUnsaved(!saved);
    if (!saved) return;
    publish.mutate(
      { params: { code }, body: { revision: keeper.revision() } },
      { onSuccess: ({ version }) => void navigate(`/questionnaires/${code}/${version}`) },
    );
  };
  const faults = gravestFirst(check.data?.faults ?? []);
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  const differing = useDifferingScenarios();
  const [, setParams] = useSearchParams();
  const mend = useMend();
  const wordsOf = useFindingWords();
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
            {faults.map((fault) => (
              <li key={`${fault.path} ${fault.message}`} data-severity={fault.severity}>
                <button
                  type="button"
                  onClick={() => {
                    mend(fault);
                    onClose();
                  }}
                >
                  {fault.question ?? fault.page ?? t('office:questionnaires.whole')}
                </button>{' '}
                <strong>{t(`office:questionnaires.severities.${fault.severity}`)}:</strong>{' '}
                {wordsOf(fault)}
              </li>
            ))}
          </ul>
        )}
        {differing.length > 0 && !publish.data && (
          <Notice tone="warning" role="alert">
            <p>
              {t('publish.scenarios', { count: differing.length, names: differing.join(', ') })}
            </p>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => {
                setParams({ tab: 'preview' });
                onClose();
              }}
            >
              {t('publish.showScenarios')}
            </Button>
          </Notice>
        )}
        {unsaved && (
          <Notice tone="danger" role="alert">
            <p>{t('publish.unsaved')}</p>
          </Notice>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:actions.close')}
          </Button>
          {check.data && errors === 0 && !publish.data && (
            <Button loading={publish.isPending} onClick={() => void settleAndPublish()}>
              {t('office:versions.publishNext', { code })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

/** Names of the recorded respondents whom the draft as it stands asks or scores otherwise than they expect. */
function useDifferingScenarios(): readonly string[] {
  const store = useDesignerStore();
  const { scenarios } = useDraft();
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    let gone = false;
    const replayAll = async () => {
      const { holds, planOf, replay } = await import('../preview/preview-survey.ts');
      const doc = store.doc();
      const plan = planOf(doc);
      const differing = scenarios.filter((one) => !holds(replay(doc, plan, one)));
      if (!gone) setNames(differing.map(({ name }) => name));
    };
    // A draft that cannot be shown at all has errors, which the check tells.
    if (scenarios.length > 0) replayAll().catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [store, scenarios]);
  return names;
}
