import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema } from 'graphql';
import { defineConfig } from 'vite';
import { schemaReference } from './pages/schema-reference';
import { sentDocuments } from './sent-documents';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const page = (name: string) => at(`./${name}.html`);

const inPackages = (...names: string[]) => new RegExp(`node_modules.(${names.join('|')})/`);

/**
 * Chunks of the libraries that the first page needs. One file compresses better than fifty, and each response has a head of
 * 400 bytes. The first group has what the playground uses too.
 */
const GROUPS = [
  {
    name: 'react',
    priority: 2,
    tags: ['$initial' as const],
    test: inPackages(
      'react',
      'react-dom',
      'scheduler',
      'use-sync-external-store',
      '@floating-ui',
      'clsx',
      'react-remove-scroll',
      'react-remove-scroll-bar',
      'react-style-singleton',
      'aria-hidden',
      'use-callback-ref',
      'use-sidecar',
      'get-nonce',
      'tslib',
    ),
  },
  {
    name: 'mantine',
    priority: 1,
    tags: ['$initial' as const],
    test: inPackages('@mantine', 'wouter', 'regexparam', 'mitt', 'urql', 'wonka', '@urql', '@0no-co'),
  },
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
      input: ['home', 'schema', 'console', 'playground', 'accept-invitation', 'reset-password'].map(page),
      output: { codeSplitting: { groups: GROUPS } },
    },
  },
  server: { proxy: { '/graphql': { target: 'http://127.0.0.1:4000', ws: true } } },
  plugins: [
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
