import { useState } from 'react';
import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listUsers } from '@akimetr/api/contracts/users';
import type { User } from '@akimetr/api/contracts/users';
import { useApi } from '../../lib/api-hooks.ts';
import { formatInstant, noFigure } from '../../lib/formats.ts';
import { useRegionChoices } from '../../lib/regions.ts';
import { useUser } from '../../lib/session.ts';
import { ListTable } from '../../ui/DataTable.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import type { Column } from '../../ui/use-sorted-table.ts';
import { DisableDialog } from './DisableDialog.tsx';
import { NewUserDialog } from './NewUserDialog.tsx';
import { ResetPasswordDialog } from './ResetPasswordDialog.tsx';

type Deed = { deed: 'create' } | { deed: 'disable' | 'password'; user: User };

/** The accounts: who may come in, as what, and where. */
export function Page() {
  const { t } = useTranslation(['office', 'common']);
  const [doing, setDoing] = useState<Deed | null>(null);
  const { data, error, isPending, refetch } = useApi(listUsers, {});
  const regionNames = new Map(useRegionChoices().map(({ value, label }) => [value, label]));
  const regionsOf = ({ regions }: User) =>
    regions.length > 1 && regions.length === regionNames.size
      ? t('filters.allRegions')
      : regions.map((kato) => regionNames.get(kato) ?? kato).join(', ') || noFigure;
  const columns: Column<User>[] = [
    {
      id: 'name',
      label: t('users.name'),
      naming: true,
      cell: (user) => user.name,
    },
    { id: 'login', label: t('signIn.login'), cell: (user) => user.login },
    { id: 'role', label: t('users.role'), cell: (user) => t(`common:roles.${user.role}`) },
    {
      id: 'regions',
      label: t('users.regions'),
      cell: regionsOf,
    },
    { id: 'status', label: t('users.status'), cell: (user) => <Status user={user} /> },
    {
      id: 'actions',
      label: t('users.actions'),
      cell: (user) => <Deeds user={user} onChoose={setDoing} />,
    },
  ];
  const close = () => setDoing(null);
  return (
    <>
      <PageHeader
        title={t('users.title')}
        lead={t('users.lead')}
        action={<Button onClick={() => setDoing({ deed: 'create' })}>{t('users.create')}</Button>}
      />
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {isPending && <TableSkeleton />}
      {data && (
        <ListTable
          rows={data.users}
          rowKey={({ id }) => id}
          columns={columns}
          caption={t('users.title')}
        />
      )}
      {doing?.deed === 'create' && <NewUserDialog onClose={close} />}
      {doing?.deed === 'disable' && <DisableDialog user={doing.user} onClose={close} />}
      {doing?.deed === 'password' && <ResetPasswordDialog user={doing.user} onClose={close} />}
    </>
  );
}

function Status({ user }: { user: User }) {
  const { t } = useTranslation('office');
  if (user.disabled) return <span className="soft">{t('users.disabled')}</span>;
  if (user.lockedUntil) {
    return <>{t('users.lockedUntil', { when: formatInstant(user.lockedUntil) })}</>;
  }
  return <>{t('users.active')}</>;
}

function Deeds({ user, onChoose }: { user: User; onChoose: (deed: Deed) => void }) {
  const { t } = useTranslation('office');
  const self = useUser().id === user.id;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t('users.actionsOf', { name: user.name })}
        >
          {t('users.change')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChoose({ deed: 'password', user })}>
          {t('users.resetPassword')}
        </Menu.Item>
        {!self && (
          <Menu.Item onClick={() => onChoose({ deed: 'disable', user })}>
            {t(user.disabled ? 'users.enable' : 'users.disable')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
