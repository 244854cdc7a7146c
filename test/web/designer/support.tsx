import { act, render, type RenderResult } from '@testing-library/react';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import type { Scenario } from '@akimetr/api/contracts/questionnaire-drafts';
import { createBox } from '../../../web/src/features/designer/draft/box.ts';
import { DraftContext } from '../../../web/src/features/designer/draft/draft-context.ts';
import {
  createDraftKeeper,
  type DraftKeeper,
  type SaveResult,
} from '../../../web/src/features/designer/draft/draft-keeper.ts';
import {
  createDesignerStore,
  DesignerContext,
  type DesignerStore,
} from '../../../web/src/features/designer/model/designer-store.ts';
import type { Doc } from '../../../web/src/features/designer/model/document.ts';
import { LanguageContext } from '../../../web/src/features/designer/model/working-language.ts';
import { addTexts, initI18n, setLocale } from '../../../web/src/lib/i18n.ts';
import { makeQueryClient } from '../../../web/src/lib/query-client.ts';
import { theme } from '../../../web/src/ui/theme.ts';

// jsdom lacks what every browser has.
globalThis.structuredClone ??= (value: unknown) => JSON.parse(JSON.stringify(value)) as never;

/** A published version as the list has it. */
export const aSummary = (code: string, version: number, retired: object | null = null) => ({
  code,
  version,
  hash: 'a'.repeat(64),
  title: { kk: 'Сауалнама', ru: 'Анкета', en: 'Questionnaire' },
  levels: ['district'],
  questions: 2,
  publishedAt: '2026-11-22T10:00:00Z',
  publishedBy: 'Айгүл Серік',
  retired,
});

/** A part of the designer on this document, in English; what is done to it is seen in the store. */
export async function showPart(
  part: ReactNode,
  doc: Doc,
  scenarios: Scenario[] = [],
  save: () => Promise<SaveResult> = () => Promise.resolve({ saved: 2 }),
): Promise<{
  store: DesignerStore;
  screen: RenderResult;
  scenarios: () => readonly Scenario[];
  keeper: DraftKeeper;
}> {
  await initI18n({
    office: (locale) => import(`../../../web/src/lib/locales/${locale}/office.json`),
    faults: (locale) => import(`../../../web/src/lib/locales/${locale}/faults.json`),
  });
  await addTexts(
    'designer',
    (locale) => import(`../../../web/src/lib/locales/${locale}/designer.json`),
  );
  await setLocale('en');
  let clock = 0;
  // Every keystroke long after the last one: a step of its own.
  const store = createDesignerStore(doc, () => (clock += 60_000));
  let kept: readonly Scenario[] = scenarios;
  const state = {
    code: 'akim-test',
    keeper: createDraftKeeper(1, () => ({ doc: store.doc(), scenarios: kept }), save),
    scenarios,
    setScenarios: (next: readonly Scenario[]) => {
      kept = next;
    },
    unfinishedJson: createBox<string | null>(null),
  };
  const screen = render(
    <MantineProvider theme={theme}>
      <QueryClientProvider client={makeQueryClient()}>
        <MemoryRouter>
          <DesignerContext value={store}>
            <DraftContext value={state}>
              <LanguageContext value="en">{part}</LanguageContext>
            </DraftContext>
          </DesignerContext>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
  // Parts that are fetched when they are first shown, as the property panel, have come.
  await act(() => import('../../../web/src/features/designer/properties/PropertyPanel.tsx'));
  return { store, screen, scenarios: () => kept, keeper: state.keeper };
}
