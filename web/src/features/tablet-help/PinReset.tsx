import { useState } from 'react';
import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listInterviewers } from '@akimetr/api/contracts/assignments';
import { createPinReset } from '@akimetr/api/contracts/rescue';
import { useApi, useCommand } from '../../lib/api-hooks.ts';
import { formatInstant } from '../../lib/formats.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import styles from './TabletHelp.module.css';

/** A code for an interviewer who has forgotten the PIN; it is shown once, to be read out. */
export function PinReset() {
  const { t } = useTranslation('office');
  const { data, error, isPending, refetch } = useApi(listInterviewers, {});
  const reset = useCommand(createPinReset);
  const [chosen, setChosen] = useState('');
  const choose = (id: string) => {
    reset.reset();
    setChosen(id);
  };
  const interviewers = data?.interviewers ?? [];
  return (
    <section aria-labelledby="pin-reset">
      <h2 id="pin-reset">{t('tabletHelp.pin.title')}</h2>
      <p className={styles.lead}>{t('tabletHelp.pin.lead')}</p>
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      <Stack align="flex-start">
        <Group align="flex-end">
          <NativeSelect
            label={t('tabletHelp.pin.interviewer')}
            value={chosen}
            disabled={isPending}
            onChange={(event) => choose(event.currentTarget.value)}
            data={[
              { value: '', label: t('tabletHelp.pin.choose') },
              ...interviewers.map(({ id, name, login }) => ({
                value: id,
                label: `${name} (${login})`,
              })),
            ]}
          />
          <Button
            disabled={chosen === ''}
            loading={reset.isPending}
            onClick={() => reset.mutate({ body: { interviewerId: chosen } })}
          >
            {t('tabletHelp.pin.make')}
          </Button>
        </Group>
        <ProblemNotice error={reset.error} />
        {reset.data && (
          <Notice tone="good" role="status">
            <p className={styles.code}>
              {reset.data.code.slice(0, 4)} {reset.data.code.slice(4)}
            </p>
            <p>{t('tabletHelp.pin.until', { until: formatInstant(reset.data.expiresAt) })}</p>
          </Notice>
        )}
      </Stack>
    </section>
  );
}
