import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema } from 'graphql';
import { defineConfig } from 'vite';
import { mantineStyles } from './mantine-styles';
import { schemaReference } from './pages/schema-reference';
import { sentDocuments } from './sent-documents';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const page = (name: string) => at(`./${name}.html`);

const inPackages = (...names: string[]) => new RegExp(`node_modules.(${names.join('|')})/`);
const initial = ['$initial' as const];

/**
 * Chunks of what every page of the console needs. One file compresses better than fifty, and each response has a head. The
 * first three have what other pages use too, which would otherwise load the console. What opens on a click, such as menus and
 * dialogs, is in no group, and neither is the module that starts the console.
 */
const GROUPS = [
  {
    name: 'start',
    priority: 5,
    tags: initial,
    test: /node_modules.i18next\/|\/web\/(console\/i18n\/(start|language)|shared\/)/,
  },
  { name: 'client', priority: 4, tags: initial, test: new RegExp(`^${at('../client/')}`) },
  {
    name: 'react',
    priority: 3,
    tags: initial,
    test: inPackages(
      'react',
      'react-dom',
      'scheduler',
      'clsx',
      'react-remove-scroll',
      'react-remove-scroll-bar',
      'react-style-singleton',
      'use-callback-ref',
      'use-sidecar',
      'get-nonce',
      'tslib',
      'use-sync-external-store',
    ),
  },
  {
    name: 'libraries',
    priority: 2,
    tags: initial,
    test: inPackages(
      '@mantine',
      'wouter',
      'regexparam',
      'mitt',
      'urql',
      'wonka',
      '@urql',
      '@0no-co',
      'react-i18next',
    ),
  },
  { name: 'frame', priority: 1, tags: initial, test: /\/web\/(console\/(?!main\.tsx)|generated\/)/ },
];

export default defineConfig({
  build: {
    outDir: at('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Browsers that know `light-dark()` and nesting as they are.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    // Nothing inline: the content security policy of the gateway allows scripts of its own only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      // Otherwise every page would load all documents, because `gql` is a call.
      treeshake: { moduleSideEffects: [{ test: /\/web\/generated\//, sideEffects: false }] },
      input: ['home', 'schema', 'console', 'playground', 'accept-invitation', 'reset-password'].map(page),
      output: { codeSplitting: { groups: GROUPS } },
    },
  },
  server: { proxy: { '/graphql': { target: 'http://127.0.0.1:4000', ws: true } } },
  plugins: [
    mantineStyles(),
    {
      name: 'sent-documents',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'documents.json', source: JSON.stringify(sentDocuments()) });
      },
    },
    {
      name: 'schema-reference',
      transformIndexHtml: html =>
        html.replace('<!-- schema -->', () =>
          schemaReference(buildSchema(readFileSync(at('../schema/schema.graphql'), 'utf8'))),
        ),
    },
  ],
});
