import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../lib/session.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { PinReset } from './PinReset.tsx';
import { RescueImport } from './RescueImport.tsx';

/** What a supervisor does for a tablet that cannot help itself. */
export function Page() {
  const { t } = useTranslation('office');
  const mayReset = useMay('pin-resets.create');
  return (
    <>
      <PageHeader title={t('tabletHelp.title')} lead={t('tabletHelp.lead')} />
      <Stack gap="xl">
        <RescueImport />
        {mayReset && <PinReset />}
      </Stack>
    </>
  );
}
