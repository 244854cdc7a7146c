import { useState } from 'react';
import { Button, FileButton, Group, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listMethodologies, publishMethodology } from '@akimetr/api/contracts/methodologies';
import { useCommand } from '../../lib/api-hooks.ts';
import { readJsonFile } from '../../lib/json-file.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { MethodologyTree } from './MethodologyTree.tsx';
import { checkMethodology } from './methodology-check.ts';
import type { MethodologyCheck } from './methodology-check.ts';

/** A methodology from a JSON file, shown as it will be read before it is published for good. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['office', 'common']);
  const [chosen, setChosen] = useState<{ name: string; check: MethodologyCheck } | null>(null);
  const publish = useCommand(publishMethodology, [listMethodologies]);
  const choose = async (file: File | null) => {
    if (!file) return;
    publish.reset();
    const { name, value } = await readJsonFile(file);
    setChosen({ name, check: checkMethodology(value) });
  };
  const methodology = chosen?.check.methodology ?? null;
  const ready = methodology && !publish.data;
  return (
    <Modal opened onClose={onClose} size="xl" title={t('methodologies.publish')}>
      <Stack>
        <p style={{ margin: 0 }}>{t('methodologies.publishLead')}</p>
        <Group>
          <FileButton accept=".json,application/json" onChange={(file) => void choose(file)}>
            {(props) => (
              <Button {...props} variant={ready ? 'default' : 'filled'}>
                {t(chosen ? 'import.chooseOther' : 'import.choose')}
              </Button>
            )}
          </FileButton>
        </Group>
        {chosen && <p style={{ margin: 0 }}>{t('import.file', { name: chosen.name })}</p>}
        {chosen && chosen.check.faults.length > 0 && (
          <Notice tone="danger" role="alert">
            <p>{t('methodologies.faulty')}</p>
            <ul>
              {chosen.check.faults.map(({ kind, path, found }) => (
                <li key={kind + path + found}>
                  {kind === 'margin-twice' || kind === 'bands-not-ascending'
                    ? t(`estimation.methodologyFaults.${kind}`, { path, found })
                    : t(`methodologies.faults.${kind}`, { path, found })}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        <ProblemNotice error={publish.error} withFields />
        {methodology && !publish.data && <MethodologyTree methodology={methodology} />}
        {publish.data && (
          <Notice tone="good" role="status">
            <p>{t('versions.publishedAs', publish.data.methodology)}</p>
          </Notice>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:actions.close')}
          </Button>
          {ready && (
            <Button
              loading={publish.isPending}
              onClick={() => publish.mutate({ body: { methodology } })}
            >
              {t('versions.publishThis', methodology)}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
