import { useTranslation } from 'react-i18next';
import { goTo } from '../state/field-route.ts';
import { useSyncState } from '../state/field-services.ts';
import { Note } from './Note.tsx';

/** The server's session has ended: nothing is lost, but nothing goes out before the next sign-in. */
export function SignInNote() {
  const { t } = useTranslation('field');
  const { outcome } = useSyncState();
  if (outcome !== 'sign-in-needed') return null;
  return (
    <Note kind="warning" title={t('signInNeeded.title')}>
      <p>{t('signInNeeded.text')}</p>
      <button type="button" className="secondary" onClick={() => goTo({ screen: 'sign-in' })}>
        {t('signInNeeded.action')}
      </button>
    </Note>
  );
}
