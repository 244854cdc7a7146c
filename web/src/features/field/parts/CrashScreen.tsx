import { Component } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from './Note.tsx';

/** What is shown instead of a blank page when the app itself fails: that the work is kept, and the way on. */
export class CrashScreen extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const { t } = useTranslation('field');
  return (
    <main className="screen">
      <Note kind="bad" title={t('crash.title')} urgent>
        <p>{t('crash.text')}</p>
        <button type="button" className="secondary" onClick={() => window.location.reload()}>
          {t('crash.reload')}
        </button>
      </Note>
    </main>
  );
}
