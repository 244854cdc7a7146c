import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';
import { StructureTab } from './structure/StructureTab.tsx';

export interface Tab {
  readonly id:
    'structure' | 'scoring' | 'languages' | 'preview' | 'check' | 'versions' | 'files' | 'json';
  readonly Panel: ComponentType | LazyExoticComponent<ComponentType>;
}

/** The parts of the designer, in the order of the tab bar. Another one is a line here and its name in the texts. */
export const tabs: readonly Tab[] = [
  { id: 'structure', Panel: StructureTab },
  {
    id: 'scoring',
    Panel: lazy(async () => ({ default: (await import('./scoring/ScoringTab.tsx')).ScoringTab })),
  },
  {
    id: 'languages',
    Panel: lazy(async () => ({
      default: (await import('./languages/LanguagesTab.tsx')).LanguagesTab,
    })),
  },
  {
    id: 'preview',
    Panel: lazy(async () => ({ default: (await import('./preview/PreviewTab.tsx')).PreviewTab })),
  },
  {
    id: 'check',
    Panel: lazy(async () => ({ default: (await import('./check/CheckTab.tsx')).CheckTab })),
  },
  {
    id: 'versions',
    Panel: lazy(async () => ({
      default: (await import('./versions/VersionsTab.tsx')).VersionsTab,
    })),
  },
  {
    id: 'files',
    Panel: lazy(async () => ({ default: (await import('./files/FilesTab.tsx')).FilesTab })),
  },
  {
    id: 'json',
    Panel: lazy(async () => ({ default: (await import('./json/JsonTab.tsx')).JsonTab })),
  },
];
