import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { signOut } from '@akimetr/api/contracts/session';
import { PasswordDialog } from '../features/session/PasswordDialog.tsx';
import { useCommand } from '../lib/api-hooks.ts';
import { useUser } from '../lib/session.ts';
import styles from './Shell.module.css';

/** Who is signed in, the own password, and the way out. */
export function AccountMenu() {
  const { t } = useTranslation(['office', 'common']);
  const user = useUser();
  const leave = useCommand(signOut);
  const [asking, password] = useDisclosure(false);
  // A full load: nothing of this person stays in the memory of the page.
  const leaveNow = () => leave.mutate({}, { onSuccess: () => window.location.assign('/sign-in') });
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button
            variant="default"
            className={styles.account}
            aria-label={t('account.menu', { name: user.name })}
          >
            <span className={styles.accountName}>{user.name}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {t(`common:roles.${user.role}`)} · {user.login}
          </Menu.Label>
          <Menu.Item onClick={password.open}>{t('account.changePassword')}</Menu.Item>
          <Menu.Item onClick={leaveNow}>{t('common:actions.signOut')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && <PasswordDialog onClose={password.close} />}
    </>
  );
}
