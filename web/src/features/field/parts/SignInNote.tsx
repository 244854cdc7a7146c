import { useTranslation } from 'react-i18next';
import { goTo } from '../state/field-route.ts';
import { useSyncState } from '../state/field-services.ts';
import { Note } from './Note.tsx';

/** The server's session has ended, or the tablet was withdrawn: nothing is lost, and what to do. */
export function SignInNote() {
  const { t } = useTranslation('field');
  const { outcome } = useSyncState();
  if (outcome === 'device-revoked') {
    return (
      <Note kind="bad" title={t('revoked.title')}>
        <p>{t('revoked.text')}</p>
        <button
          type="button"
          className="secondary"
          onClick={() => goTo({ screen: 'enrol', code: '' })}
        >
          {t('enrol.haveCode')}
        </button>
      </Note>
    );
  }
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
