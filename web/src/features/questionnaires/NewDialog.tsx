import { useState } from 'react';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { code as codeSchema } from '@akimetr/api/contracts/common';

/** A new questionnaire begins with its code, which stands in addresses and never changes. */
export function NewDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['office', 'common']);
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const [faulty, setFaulty] = useState(false);
  const begin = () => {
    const { success } = codeSchema.safeParse(code);
    setFaulty(!success);
    if (success) void navigate(`/questionnaires/${code}/design`);
  };
  return (
    <Modal opened onClose={onClose} title={t('questionnaires.new')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={t('questionnaires.code')}
            description={t('questionnaires.codeWhy')}
            value={code}
            error={faulty && t('questionnaires.codeForm')}
            onChange={({ target }) => setCode(target.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:actions.cancel')}
            </Button>
            <Button type="submit">{t('questionnaires.begin')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
