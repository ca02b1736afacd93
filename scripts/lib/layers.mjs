import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from './root.mjs';

/** The rooms of src, lowest first, each with those that it may import; main and app know every part. */
export const LAYERS = {
  entities: [],
  errors: ['entities'],
  config: [],
  terminal: ['config'],
  observability: [],
  migrations: [],
  database: ['entities', 'errors', 'config', 'migrations'],
  policies: ['entities', 'errors'],
  store: ['entities', 'errors', 'database', 'policies'],
  events: ['entities', 'errors', 'database', 'policies', 'store'],
  catalog: ['entities', 'errors', 'database', 'store', 'events'],
  jobs: ['entities', 'database', 'events'],
  provisioning: [
    'entities',
    'errors',
    'config',
    'observability',
    'database',
    'policies',
    'store',
    'events',
    'catalog',
    'jobs',
  ],
  webhooks: [
    'entities',
    'errors',
    'config',
    'observability',
    'database',
    'policies',
    'store',
    'events',
    'jobs',
    'provisioning',
  ],
  services: [
    'entities',
    'errors',
    'config',
    'observability',
    'database',
    'policies',
    'store',
    'events',
    'catalog',
    'provisioning',
    'webhooks',
  ],
  resolvers: ['entities', 'errors', 'policies', 'store', 'events', 'catalog', 'services'],
  graphql: ['entities', 'errors', 'config', 'database', 'policies', 'services'],
  transport: [
    'entities',
    'errors',
    'config',
    'observability',
    'database',
    'policies',
    'events',
    'services',
    'graphql',
  ],
  commands: [
    'entities',
    'errors',
    'config',
    'terminal',
    'database',
    'store',
    'events',
    'catalog',
    'provisioning',
    'services',
  ],
};

const FILE = inRoot('biome.layers.json');
/** Writes what is made of the code, so it reads more than its room does. */
const EXCEPT = { resolvers: ['!src/resolvers/emit-references.ts'] };
const ROOT = ['main', 'app'];
/** Functions of `graphql` that read or execute a document: only the pipeline calls them. */
const OF_DOCUMENTS = [
  'parse',
  'validate',
  'execute',
  'executeSync',
  'graphql',
  'graphqlSync',
  'subscribe',
  'createSourceEventStream',
  'getVariableValues',
  'getArgumentValues',
  'getDirectiveValues',
  'getOperationAST',
];
const PIPELINE_ONLY = {
  graphql: { importNames: OF_DOCUMENTS, message: 'src/graphql alone reads and executes documents.' },
  'graphql-jit': 'src/graphql alone compiles documents.',
};

const patternsOf = room =>
  ROOT.includes(room) ? [`**/${room}`] : [`../${room}`, `../../${room}`, `../../../${room}`, `**/${room}/**`];

function ruleOf(room, mayImport) {
  const others = [...Object.keys(LAYERS), ...ROOT].filter(
    other => other !== room && !mayImport.includes(other),
  );
  const names = mayImport.length > 0 ? mayImport.join(', ') : 'nothing of ours';
  const message = `src/${room} may import only: ${names} (docs/architecture.md).`;
  const patterns = [{ group: [...others.flatMap(patternsOf), '**/dev/**'], message }];
  const options = { ...(room !== 'graphql' && { paths: PIPELINE_ONLY }), patterns };
  return {
    includes: [`src/${room}/**`, ...(EXCEPT[room] ?? [])],
    linter: { rules: { style: { noRestrictedImports: { level: 'error', options } } } },
  };
}

/** Writes the layering rule in the words of the linter; with `check`, only says whether it stands there. */
export function ensureLayers({ check }) {
  const overrides = Object.entries(LAYERS).map(([room, mayImport]) => ruleOf(room, mayImport));
  const text = `${JSON.stringify({ overrides }, null, 2)}\n`;
  if (!check) writeFileSync(FILE, text);
  const isCurrent = readFileSync(FILE, 'utf8') === text;
  return {
    code: isCurrent ? 0 : 1,
    output: isCurrent ? '' : 'biome.layers.json is old: run npm run schema.',
  };
}
