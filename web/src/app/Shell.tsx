import { useEffect, useRef } from 'react';
import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { Logo } from '../ui/Logo.tsx';
import { SyntheticBanner } from '../ui/SyntheticBanner.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { Navigation } from './Navigation.tsx';
import { OfflineNote } from './OfflineNote.tsx';
import styles from './Shell.module.css';

/** What stands around every screen: the mark, languages, account, navigation. */
export function Shell() {
  const { t } = useTranslation('office');
  const [opened, menu] = useDisclosure(false);
  const { pathname } = useLocation();
  useTitleFocus(pathname);
  return (
    <div className={styles.shell}>
      <a href="#main" className={`${styles.skip} visually-hidden`}>
        {t('shell.skip')}
      </a>
      <SyntheticBanner />
      <OfflineNote />
      <header className={`${styles.top} no-print`}>
        <Button
          variant="default"
          className={styles.menuButton}
          onClick={menu.open}
          aria-expanded={opened}
        >
          {t('shell.menu')}
        </Button>
        <Link to="/" className={styles.home} aria-label={t('shell.home')}>
          <Logo />
        </Link>
        <div className={styles.tools}>
          <div className={styles.wideOnly}>
            <LanguageSwitch />
          </div>
          <AccountMenu />
        </div>
      </header>
      <div className={styles.body}>
        <aside className={`${styles.side} no-print`}>
          <Navigation />
        </aside>
        <main id="main" tabIndex={-1} className={styles.main}>
          <Outlet />
        </main>
      </div>
      <Drawer
        opened={opened}
        onClose={menu.close}
        title={<Logo />}
        size="20rem"
        transitionProps={{ duration: 0 }}
        withCloseButton={false}
      >
        <Navigation onChoose={menu.close} />
        <div className={styles.drawerLanguages}>
          <LanguageSwitch />
        </div>
        <Button variant="default" onClick={menu.close} fullWidth>
          {t('shell.closeMenu')}
        </Button>
      </Drawer>
      <ScrollRestoration />
    </div>
  );
}

/** After a change of screen the focus is on its title, so that a keyboard and a screen reader start there. */
function useTitleFocus(pathname: string) {
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    document.querySelector<HTMLElement>('[data-page-title]')?.focus({ preventScroll: true });
  }, [pathname]);
}
