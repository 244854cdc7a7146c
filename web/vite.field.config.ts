import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const require = createRequire(import.meta.url);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(here('./package.json'), 'utf8')) as { version: string };

/** The package has no types of its own. */
const subsetFont = require('subset-font') as (
  font: Buffer,
  text: string,
  options: object,
) => Promise<Buffer>;

const latin = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i)).join('');
const russian = Array.from({ length: 64 }, (_, i) => String.fromCharCode(0x410 + i)).join('');
/** What the product writes in Kazakh, Russian and English; any other letter comes from the device's own font. */
const letters = `${latin}${russian}ЁёӘәҒғҚқҢңӨөҰұҮүҺһІі\u00a0«»“”„‘’–—…·•№←→−×°§©`;

/** Inter with only those letters and the weights in use: half of what a tablet would have to download. */
async function subsetFonts(): Promise<string> {
  const files = require.resolve('@fontsource-variable/inter/package.json');
  const folder = here('../node_modules/.cache/akimetr-field-fonts');
  mkdirSync(folder, { recursive: true });
  for (const script of ['latin', 'cyrillic', 'cyrillic-ext']) {
    const name = `inter-${script}-wght-normal.woff2`;
    const whole = readFileSync(files.replace('package.json', `files/${name}`));
    const part = await subsetFont(whole, letters, {
      targetFormat: 'woff2',
      variationAxes: { wght: { min: 400, max: 700 } },
      keepFeatures: ['kern', 'tnum'],
    });
    writeFileSync(`${folder}/${name}`, part);
  }
  return folder;
}

/**
 * Parts that an interview on a tablet never shows: interview-survey.ts turns them off, no questionnaire may ask for
 * a file or signature, kk, ru and en run left to right, and a finger does not hover: after a touch the browser takes it
 * to rest there, and a style for that would be worked out and painted before the answer is.
 */
const neverShown =
  /:hover|sv_window|sv-window|brand-info|breadcrumbs|sd-progress|-toc|timer|sv-header|sd-header|completedpage|sv-save|preview|rtl|svc-|sd-file|signaturepad|color-picker|sv-dragdrop/;

/** Leaves out of SurveyJS's style sheet the rules of those parts. */
const withoutUnusedRules = (): Plugin => ({
  name: 'akimetr:survey-css',
  enforce: 'pre',
  transform(css, id) {
    if (!id.includes('survey-core.fontless.min.css')) return null;
    const shown = css.replace(/([^{}@]+)\{[^{}]*\}/g, (rule, selectors: string) =>
      selectors.split(',').every((selector) => neverShown.test(selector)) ? '' : rule,
    );
    // Nor a variable that no rule reads; a class such as .sd-radio--checked:hover is no variable.
    const read = new Set(Array.from(shown.matchAll(/var\((--[\w-]+)/g), ([, name]) => name));
    return shown.replace(/(?<=[{;])(--[\w-]+):[^;{}]*;?/g, (line, name: string) =>
      read.has(name) ? line : '',
    );
  },
});

/** Names that SurveyJS puts together at run time. */
const composedName = /--sjs2-typography-(font-size|line-height)-component-/;

/**
 * Leaves out of the theme that survey-core lays down at run time the variables that no rule, no code and no other
 * variable in use reads, and the names that themes had in former versions.
 */
function withoutUnusedTheme(core: string): string {
  const begin = core.indexOf('var baseTheme = {');
  const end = core.indexOf('\n};', begin);
  const theme = core.slice(begin, end);
  const values = new Map(
    Array.from(theme.matchAll(/^ +"(--[\w-]+)": "(.*)",?$/gm), ([, name, value]) => [
      name!,
      value!,
    ]),
  );
  const legacy = /^const legacyCssVariables = \{[^]*?^\};/m;
  const rest = core.replace(theme, '').replace(legacy, '');
  const files = [
    'survey-core/survey-core.fontless.min.css',
    'survey-react-ui/fesm/survey-react-ui.mjs',
  ];
  const readers = [
    rest,
    ...files.map((file) => readFileSync(here(`../node_modules/${file}`), 'utf8')),
  ];
  const needed = new Set<string>();
  const need = (text: string): void => {
    for (const [, name] of text.matchAll(/var\((--[\w-]+)/g)) {
      if (needed.has(name!)) continue;
      needed.add(name!);
      need(values.get(name!) ?? '');
    }
  };
  readers.forEach(need);
  for (const [name, value] of values) if (composedName.test(name)) need(`var(${name}) ${value}`);
  const own = readFileSync(here('./src/lib/interview/survey-theme.ts'), 'utf8');
  for (const [name] of own.matchAll(/--sjs[\w-]+/g)) need(`var(${name})`);
  const kept = theme.replace(/^ +"(--[\w-]+)": .*\n?/gm, (line, name: string) =>
    needed.has(name) ? line : '',
  );
  return core.replace(theme, () => kept).replace(legacy, 'const legacyCssVariables = {};');
}

/** Icons of what no questionnaire of ours may ask (files, photos) and of parts that are turned off. */
const iconNeverShown =
  /^(camera|file|flip|folder|fullsize|image|noimage|maximize|restoredown|navmenu|grip|editsmall|draghorizontal|timercircle|removefile|progressbutton|modern)/;

/** Classes of questions that no published questionnaire has: files, photographs and signatures tell who answered. */
const neverAsked =
  /^class (Camera|Question(?:FileModelBase|FilePage|FileModel|SignaturePadModel)|Bezier|SignatureEventTarget|SignaturePad|Survey(?:QuestionFile|FileChooseButton|FilePage|FilePreview|FileItem|QuestionSignaturePad))( extends \w+)? \{\n[^]*?^\}/gm;
const withoutNeverAsked = (code: string): string => code.replace(neverAsked, 'class $1$2 {}');

/** Leaves out of SurveyJS those icons, and of zod its JSON schemas: only the server describes itself by them. */
const withoutUnusedCode = (): Plugin => ({
  name: 'akimetr:unused-code',
  enforce: 'pre',
  transform(code, id) {
    if (id.includes('survey-react-ui/fesm/survey-react-ui.mjs')) {
      return withoutNeverAsked(code).replace(
        /^var (\w+) = "<svg.*<\/svg>";$/gm,
        (icon, name: string) => (iconNeverShown.test(name) ? `var ${name} = "";` : icon),
      );
    }
    if (id.includes('survey-core/fesm/survey-core.mjs'))
      return withoutUnusedTheme(withoutNeverAsked(code));
    if (!/zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js/.test(id)) return null;
    const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
    const also = id.includes('to-json-schema') ? ', none as process' : '';
    return `const none = () => none; export { ${names.map((name) => `none as ${name}`).join(', ')}${also} };`;
  },
});

/**
 * What is fetched with the page itself: letters, so that the first screen is not laid out twice, with the device's and
 * then with ours; and the app, which is compiled meanwhile and runs when the lock stands.
 */
const neededAtOnce = (): Plugin => ({
  name: 'akimetr:needed-at-once',
  transformIndexHtml: (_, { bundle = {} }) =>
    Object.keys(bundle)
      .filter((name) => /\.woff2$|\/(app|screens)-[^/]+\.js$/.test(name))
      .map((name) => ({
        tag: 'link',
        attrs: {
          ...(name.endsWith('.js')
            ? { rel: 'modulepreload' }
            : { rel: 'preload', as: 'font', type: 'font/woff2' }),
          crossorigin: true,
          href: `/field/${name}`,
        },
        injectTo: 'head' as const,
      })),
});

/** Of the texts that both apps share, those that the tablet's screens show. */
const sharedTexts = new Set(['actions', 'interviewReasons', 'language', 'problems']);

/** Leaves the others out, and refuses a screen that would miss one. */
const withoutUnusedTexts = (): Plugin => ({
  name: 'akimetr:shared-texts',
  enforce: 'pre',
  transform(code, id) {
    if (/locales\/\w+\/common\.json$/.test(id)) {
      const texts = Object.entries(JSON.parse(code) as Record<string, unknown>);
      return JSON.stringify(Object.fromEntries(texts.filter(([key]) => sharedTexts.has(key))));
    }
    for (const [text, key] of code.matchAll(/['"`]common:(\w+)/g)) {
      if (!sharedTexts.has(key!)) this.error(`${text} is not among the tablet's texts`);
    }
    return null;
  },
});

/** What a tablet must have to open without network: every file with the start of its hash, for offline/app-shell.ts. */
const listOfShell = (): Plugin => ({
  name: 'akimetr:shell-list',
  writeBundle({ dir }, bundle) {
    const files = Object.keys(bundle).filter((name) => /\.(html|js|css|woff2)$/.test(name));
    const hashes = files.sort().map((name) => {
      const content = readFileSync(`${dir}/${name}`);
      return [name, createHash('sha256').update(content).digest('hex').slice(0, 16)] as const;
    });
    writeFileSync(`${dir}/shell.json`, JSON.stringify(Object.fromEntries(hashes)));
  },
});

/** What each version changes, for an older app to say while this one waits. */
const listOfChanges = (): Plugin => ({
  name: 'akimetr:list-of-changes',
  generateBundle() {
    const source = readFileSync(here('./src/features/field/state/app-changes.json'), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'changes.json', source });
  },
});

/** The contracts with what needs them, for a household or for the server. */
const afterTheFirstScreen =
  /node_modules\/zod\/|api\/src\/contracts\/|field-api|screens\/(Assignment|Enrol)Page|parts\/ContactForm/;

/** The tablet's app: small, installable, everything of it on the device. Nothing of the office is in it. */
export default defineConfig(async () => ({
  root: here('./field'),
  base: '/field/',
  resolve: {
    alias: {
      '/src': here('./src'),
      '@fontsource-variable/inter/files': await subsetFonts(),
      // The modern build: what the package offers to bundlers is for browsers without classes.
      dexie: require.resolve('dexie/dist/modern/dexie.min.mjs'),
    },
  },
  define: { __APP_VERSION__: JSON.stringify(version) },
  plugins: [
    react(),
    withoutUnusedRules(),
    withoutUnusedCode(),
    withoutUnusedTexts(),
    neededAtOnce(),
    listOfShell(),
    listOfChanges(),
    VitePWA({
      // The app decides when an update takes over: never while a draft is open.
      registerType: 'prompt',
      includeManifestIcons: false,
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
        // Icons are the system's matter: it fetches them when the app is installed.
        globPatterns: ['**/*.{html,js,css,woff2}', 'shell.json'],
        globIgnores: ['outbox-wake.js'],
        importScripts: ['outbox-wake.js'],
        navigateFallback: '/field/index.html',
        clientsClaim: true,
        maximumFileSizeToCacheInBytes: 4_000_000,
      },
    }),
  ],
  build: {
    outDir: here('./dist/field'),
    emptyOutDir: true,
    // The content policy allows fonts from the server only.
    assetsInlineLimit: 0,
    target: 'es2022',
    chunkSizeWarningLimit: 1_600,
    // Every browser that can work offline with this app knows it.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Few files, because many compress badly: the lock; the app; its first screens; what those do not need.
          groups: [
            { name: 'first', tags: ['$initial' as const], priority: 3 },
            { name: 'app', test: /src\/app\/field-app/, priority: 2 },
            { name: 'screens', test: /field\/Screens/, priority: 2 },
            { name: 'work', test: afterTheFirstScreen, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    port: 5174,
    strictPort: true,
    proxy: { '/api': 'http://127.0.0.1:3000' },
  },
}));
