import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Permission } from '@akimetr/api/contracts/roles';
import { useMay } from '../lib/session.ts';
import { PageHeader } from '../ui/PageHeader.tsx';
import { HomeLink } from './HomeLink.tsx';

/** Shows a screen to those who may see it, and says so plainly to the others. The server decides in any case. */
export function Allowed({ permission, children }: { permission: Permission; children: ReactNode }) {
  const { t } = useTranslation('office');
  if (useMay(permission)) return children;
  return (
    <>
      <PageHeader title={t('forbidden.title')} lead={t('forbidden.lead')} />
      <HomeLink />
    </>
  );
}
