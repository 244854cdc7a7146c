import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listInterviewers } from '@akimetr/api/contracts/assignments';
import { createEnrolment, listDevices } from '@akimetr/api/contracts/devices';
import type { ReplyOf } from '@akimetr/api/contracts/operation';
import { listUsers } from '@akimetr/api/contracts/users';
import { useApi, useCommand } from '../../lib/api-hooks.ts';
import { useContractForm } from '../../lib/contract-form.ts';
import { formatInstant } from '../../lib/formats.ts';
import { useMay } from '../../lib/session.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import styles from './Devices.module.css';
import { QrCode } from './QrCode.tsx';

/** Interviewers of the own regions; for an administrator, who hands out no work, from the accounts. */
function useInterviewers() {
  const handsOutWork = useMay('assignments.create');
  const own = useApi(listInterviewers, {}, { enabled: handsOutWork });
  const all = useApi(listUsers, {}, { enabled: !handsOutWork });
  const interviewers =
    own.data?.interviewers ??
    all.data?.users.filter(({ role, disabled }) => role === 'interviewer' && !disabled) ??
    [];
  return { interviewers, error: own.error ?? all.error };
}

/** Chooses whose the tablet will be, and shows the code for it. */
export function EnrolDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['office', 'common']);
  const { interviewers, error } = useInterviewers();
  const create = useCommand(createEnrolment, [listDevices]);
  const fields = useContractForm(createEnrolment.body, { interviewerId: '', label: '' });
  const submit = () => {
    const body = fields.check();
    if (body) create.mutate({ body }, { onError: fields.markFrom() });
  };
  return (
    <Modal opened onClose={onClose} title={t('devices.enrolTitle')}>
      {create.data ? (
        <CodeToScan enrolment={create.data} onClose={onClose} />
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack>
            <Select
              label={t('devices.interviewer')}
              searchable
              data={interviewers.map(({ id, name, login }) => ({
                value: id,
                label: `${name} (${login})`,
              }))}
              value={fields.values.interviewerId || null}
              onChange={(id) => fields.set({ interviewerId: id ?? '' })}
              error={fields.faulty('interviewerId') && t('devices.chooseInterviewer')}
            />
            <TextInput
              label={t('devices.label')}
              description={t('devices.labelHint')}
              maxLength={60}
              value={fields.values.label}
              onChange={({ currentTarget }) => fields.set({ label: currentTarget.value })}
            />
            <ProblemNotice error={error ?? create.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common:actions.cancel')}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {t('devices.makeCode')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

interface CodeProps {
  enrolment: ReplyOf<typeof createEnrolment>;
  onClose: () => void;
}

function CodeToScan({ enrolment, onClose }: CodeProps) {
  const { t } = useTranslation(['office', 'common']);
  const { code, expiresAt, interviewerName } = enrolment;
  const address = `${window.location.origin}/field/#/enrol?code=${code}`;
  return (
    <Stack>
      <p>{t('devices.scan', { name: interviewerName })}</p>
      <QrCode text={address} label={t('devices.qr', { name: interviewerName })} />
      <p className={styles.code}>{code}</p>
      <p>{t('devices.orType', { address: `${window.location.origin}/field/#/enrol` })}</p>
      <p className="soft">{t('devices.validUntil', { when: formatInstant(expiresAt) })}</p>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('common:actions.close')}</Button>
      </Group>
    </Stack>
  );
}
