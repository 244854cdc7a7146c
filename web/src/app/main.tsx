import '@mantine/core/styles.css';
import '../ui/fonts.css';
import '../ui/base.css';
import '../ui/office.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { initI18n } from '../lib/i18n.ts';
import { App } from './App.tsx';

await initI18n({
  office: (locale) => import(`../lib/locales/${locale}/office.json`),
  faults: (locale) => import(`../lib/locales/${locale}/faults.json`),
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
