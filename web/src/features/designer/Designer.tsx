import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { locales } from '@akimetr/api/contracts/common';
import type { Locale } from '@akimetr/api/contracts/common';
import type { QuestionnaireDraft } from '@akimetr/api/contracts/questionnaire-drafts';
import { currentLocale, localeNames } from '../../lib/i18n.ts';
import { TableSkeleton } from '../../ui/TableSkeleton.tsx';
import { CheckContext, findingsIn, useCheck } from './check/use-findings.ts';
import { DraftContext } from './draft/draft-context.ts';
import { KeepingNote, KeepingWord } from './draft/KeepingNote.tsx';
import { useDraftState } from './draft/use-draft-state.ts';
import { DesignerContext, useDesigner, useDesignerStore } from './model/designer-store.ts';
import { anyText } from './model/outline.ts';
import { LanguageContext } from './model/working-language.ts';
import { PublishDialog } from './draft/PublishDialog.tsx';
import { tabs, type Tab } from './tabs.ts';
import styles from './Designer.module.css';

interface Props {
  draft: QuestionnaireDraft;
}

/** The designer around its parts: what is open, the steps back, the language of texts, and how it is kept. */
export function Designer({ draft }: Props) {
  const { t } = useTranslation('designer');
  const { store, state } = useDraftState(draft);
  const [language, setLanguage] = useState<Locale>(currentLocale);
  const [publishing, setPublishing] = useState(false);
  const [params, setParams] = useSearchParams();
  const shown = tabs.find(({ id }) => id === params.get('tab')) ?? tabs[0]!;
  const check = useCheck(store, draft.code, shown.id === 'check');
  const found = findingsIn(check).length;
  // What is shown stays until the part asked for is loaded; the tab of that is chosen at once.
  const [asked, setAsked] = useState({ over: shown, for: shown });
  if (asked.over !== shown) setAsked({ over: shown, for: shown });
  const chosen = asked.for;
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.target instanceof Element && event.target.closest('.cm-editor')) return;
      const key = event.key.toLowerCase();
      const back = key === 'z' && !event.shiftKey;
      if (!back && key !== 'y' && key !== 'z') return;
      event.preventDefault();
      if (back) store.undo();
      else store.redo();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [store]);
  useEffect(() => {
    const strip = bar.current;
    const tab = strip?.querySelector<HTMLElement>(`#tab-${chosen.id}`);
    // On a phone the strip is longer than the screen: what is open is seen in it.
    if (strip && tab) strip.scrollLeft = tab.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
  }, [chosen, found]);
  const open = (tab: Tab) => {
    setAsked({ over: shown, for: tab });
    setParams({ tab: tab.id }, { replace: true });
  };

  return (
    <DesignerContext value={store}>
      <DraftContext value={state}>
        <LanguageContext value={language}>
          <CheckContext value={check}>
            <div className={styles.designer} data-whole-window>
              <header className={styles.head}>
                <Title code={draft.code} language={language} />
                <KeepingWord />
                <Steps />
                <label className={styles.language}>
                  <span>{t('language')}</span>
                  <select
                    value={language}
                    onChange={({ target }) => setLanguage(target.value as Locale)}
                  >
                    {locales.map((one) => (
                      <option key={one} value={one}>
                        {localeNames[one]}
                      </option>
                    ))}
                  </select>
                </label>
                <button
                  type="button"
                  className={styles.primary}
                  onClick={() => setPublishing(true)}
                >
                  {t('publish.open')}
                </button>
              </header>
              <KeepingNote />
              <div
                ref={bar}
                role="tablist"
                aria-label={t('tabs.label')}
                className={styles.tabs}
                onKeyDown={(event) => {
                  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                  if (step === undefined) return;
                  const next = tabs[(tabs.indexOf(chosen) + step + tabs.length) % tabs.length]!;
                  open(next);
                  bar.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
                }}
              >
                {tabs.map((tab) => (
                  <button
                    key={tab.id}
                    id={`tab-${tab.id}`}
                    type="button"
                    role="tab"
                    aria-selected={tab === chosen}
                    aria-controls={tab === shown ? 'designer-panel' : undefined}
                    tabIndex={tab === chosen ? 0 : -1}
                    onClick={() => open(tab)}
                  >
                    {t(`tabs.${tab.id}`)}
                    {tab.id === 'check' && found > 0 && ` (${found})`}
                  </button>
                ))}
              </div>
              <div
                id="designer-panel"
                role="tabpanel"
                aria-labelledby={`tab-${shown.id}`}
                aria-busy={chosen !== shown}
                className={styles.panel}
              >
                <Suspense fallback={<TableSkeleton />}>
                  <shown.Panel />
                </Suspense>
              </div>
            </div>
            {publishing && <PublishDialog onClose={() => setPublishing(false)} />}
          </CheckContext>
        </LanguageContext>
      </DraftContext>
    </DesignerContext>
  );
}

function Title({ code, language }: { code: string; language: string }) {
  const { t } = useTranslation(['designer', 'office']);
  const title = useDesigner(({ present }) => anyText(present.doc.title, language));
  return (
    <div className={styles.title}>
      <title>{`${title ?? code} — Akimetr`}</title>
      <Link to="/questionnaires" aria-label={t('office:questionnaires.back')}>
        ←
      </Link>
      <h1 tabIndex={-1} data-page-title>
        {title ?? t('untitled')}
      </h1>
      <code>{code}</code>
    </div>
  );
}

function Steps() {
  const { t } = useTranslation('designer');
  const back = useDesigner(({ past }) => past.length > 0);
  const forth = useDesigner(({ future }) => future.length > 0);
  const store = useDesignerStore();
  return (
    <div className={styles.steps} role="group" aria-label={t('steps.label')}>
      <button type="button" disabled={!back} title="Ctrl+Z" onClick={store.undo}>
        ↶ <span>{t('steps.undo')}</span>
      </button>
      <button type="button" disabled={!forth} title="Ctrl+Y" onClick={store.redo}>
        ↷ <span>{t('steps.redo')}</span>
      </button>
    </div>
  );
}
