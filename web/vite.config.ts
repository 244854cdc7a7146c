import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = 'http://127.0.0.1:3000';

/** The office app: officials, sociologists, supervisors, administrators. The tablet's app is built apart. */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist/office',
    // The field app is built into the folder beside it.
    emptyOutDir: true,
    target: 'es2022',
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '/api': api,
      '/healthz': api,
      '/field': { target: 'http://127.0.0.1:5174', ws: true },
    },
  },
});
