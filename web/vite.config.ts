import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The Host stays the browser's own, or the server would take its own pages for another site's. */
const api = { target: 'http://127.0.0.1:3000', changeOrigin: false };

/** The office app: officials, sociologists, supervisors, administrators. The tablet's app is built apart. */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist/office',
    // The field app is built into the folder beside it.
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: {
      output: {
        // A browser is slower with fifty small files than with one: what every start needs, and the designer's first screen.
        codeSplitting: {
          groups: [
            { name: 'start', tags: ['$initial'] },
            {
              name: 'design',
              test: /[\\/]designer[\\/](Design|model|draft|structure|check[\\/]use-findings)/,
              // What others share with it stays apart: nobody loads the designer for it.
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
  optimizeDeps: { entries: ['index.html'] },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '/api': api,
      '/healthz': api,
      '/field': { target: 'http://127.0.0.1:5174', changeOrigin: false, ws: true },
    },
  },
});
