import './draft-ahead.ts';
import '@mantine/core/styles.css';
import '../ui/fonts.css';
import '../ui/base.css';
import '../ui/office.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { initI18n } from '../lib/i18n.ts';
import { makeQueryClient } from '../lib/query-client.ts';
import { askAhead } from './ahead.ts';
import { App } from './App.tsx';

const client = makeQueryClient();
askAhead(client, window.location.pathname);

await initI18n({
  office: (locale) => import(`../lib/locales/${locale}/office.json`),
  faults: (locale) => import(`../lib/locales/${locale}/faults.json`),
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
}
