import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { localText } from '../../../lib/i18n.ts';
import { changesSince } from '../state/app-changes.ts';
import type { VersionChanges } from '../state/app-changes.ts';
import { useField } from '../state/field-services.ts';
import { Note } from './Note.tsx';

const storageKey = 'akimetr.field.seenVersion';

/** The version of the app whose changes were read last; the one that runs now when the app is new here. */
function seenVersion(now: string): string {
  try {
    const seen = window.localStorage.getItem(storageKey);
    if (seen === null) window.localStorage.setItem(storageKey, now);
    return seen ?? now;
  } catch {
    // Site data blocked: nothing is kept, and nothing is told every time.
    return now;
  }
}

/** After an update: what is different. Before it: the same, and that the newer app waits until no interview is open. */
export function WhatsNew() {
  const { t } = useTranslation('field');
  const { appVersion, appUpdate } = useField();
  const waiting = useSyncExternalStore(appUpdate.subscribe, appUpdate.waiting);
  const [seen, setSeen] = useState(() => seenVersion(appVersion));
  const news = seen === appVersion ? [] : changesSince(seen);
  const read = () => {
    window.localStorage.setItem(storageKey, appVersion);
    setSeen(appVersion);
  };
  return (
    <>
      {waiting && (
        <>
          <Note kind="plain" title={t('update.waits')} />
          <Changes versions={changesSince(appVersion, waiting)} />
        </>
      )}
      <Changes versions={news} />
      {news.length > 0 && (
        <button type="button" className="secondary" onClick={read}>
          {t('update.read')}
        </button>
      )}
    </>
  );
}

function Changes({ versions }: { versions: readonly VersionChanges[] }) {
  const { t } = useTranslation('field');
  return versions.map(({ version, changes }) => (
    <Note key={version} kind="plain" title={t('update.title', { version })}>
      <ul className="reasons">
        {changes.map((change) => (
          <li key={change.en}>{localText(change)}</li>
        ))}
      </ul>
    </Note>
  ));
}
