import { Button, Group, Modal, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { getQuarantined } from '@akimetr/api/contracts/interviews';
import { useApi } from '../../lib/api-hooks.ts';
import { saveFile } from '../../lib/download.ts';
import { inputFaultWords } from '../../lib/fault-words.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import styles from './RawDialog.module.css';

/** What came, as it came, with every fault that was found in it. */
export function RawDialog({
  quarantineId,
  onClose,
}: {
  quarantineId: string;
  onClose: () => void;
}) {
  const { t } = useTranslation(['office', 'common']);
  const { data, error } = useApi(getQuarantined, { params: { quarantineId } });
  return (
    <Modal opened onClose={onClose} size="xl" title={t('quarantine.content')}>
      <Stack>
        <ProblemNotice error={error} />
        {!data && !error && <Skeleton height={240} />}
        {data && (
          <>
            <ul className={styles.reasons}>
              {data.reasons.map(({ code, fields }) => (
                <li key={code}>
                  {t(`common:interviewReasons.${code}`)}
                  {fields.length > 0 && (
                    <ul>
                      {fields.map(({ path, message }) => (
                        <li key={path + message}>
                          <code>{path}</code>{' '}
                          <span className="soft">{inputFaultWords(message)}</span>
                        </li>
                      ))}
                    </ul>
                  )}
                </li>
              ))}
            </ul>
            <pre className={styles.raw} tabIndex={0} aria-label={t('quarantine.content')}>
              {data.raw}
            </pre>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:actions.close')}
          </Button>
          {data && (
            <Button
              onClick={() =>
                saveFile(`quarantine-${quarantineId}.json`, data.raw, 'application/json')
              }
            >
              {t('common:actions.download')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
