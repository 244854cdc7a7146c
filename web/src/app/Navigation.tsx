import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useUser } from '../lib/session.ts';
import { navigationFor } from './navigation.ts';
import styles from './Navigation.module.css';

/** The screens of a person's role, in words. */
export function Navigation({ onChoose }: { onChoose?: () => void }) {
  const { t } = useTranslation('office');
  const user = useUser();
  return (
    <nav aria-label={t('shell.navigation')}>
      <ul className={styles.list}>
        {navigationFor(user).map(({ key, path }) => (
          <li key={key}>
            {key === 'field' ? (
              <a href={path} className={styles.link}>
                {t(`nav.${key}`)}
              </a>
            ) : (
              <NavLink to={path} className={styles.link} onClick={onChoose}>
                {t(`nav.${key}`)}
              </NavLink>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
