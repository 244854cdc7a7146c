import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(here('./package.json'), 'utf8')) as { version: string };

/** The tablet's app: small, installable, everything of it on the device. Nothing of the office is in it. */
export default defineConfig({
  root: here('./field'),
  base: '/field/',
  resolve: { alias: { '/src': here('./src') } },
  define: { __APP_VERSION__: JSON.stringify(version) },
  plugins: [
    react(),
    VitePWA({
      // The app decides when an update takes over: never while a draft is open.
      registerType: 'prompt',
      injectRegister: false,
      scope: '/field/',
      base: '/field/',
      manifest: {
        id: '/field/',
        name: 'Akimetr — далалық жұмыс',
        short_name: 'Akimetr',
        description: 'Планшеттегі сұхбат: желісіз де жұмыс істейді',
        lang: 'kk',
        start_url: '/field/',
        scope: '/field/',
        display: 'standalone',
        background_color: '#faf9f7',
        theme_color: '#0f5468',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          {
            src: 'icon-maskable-512.png',
            sizes: '512x512',
            type: 'image/png',
            purpose: 'maskable',
          },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,woff2,svg,png,webmanifest}'],
        navigateFallback: '/field/index.html',
        clientsClaim: true,
        maximumFileSizeToCacheInBytes: 4_000_000,
      },
    }),
  ],
  build: {
    outDir: here('./dist/field'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1_600,
  },
  server: {
    port: 5174,
    strictPort: true,
    proxy: { '/api': 'http://127.0.0.1:3000' },
  },
});
