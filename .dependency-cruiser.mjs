/**
 * The rooms of src, lowest first, and the rooms that each may import; imports of types count. A file beside them is a room
 * of its own: `clock` and `stop-times` are for everybody, and the files of the process may import every room.
 */
export const ROOMS = rooms({
  config: '',
  observability: '',
  terminal: 'config',
  migrations: '',
  entities: '',
  errors: 'entities',
  database: 'config migrations entities errors',
  policies: 'entities errors',
  store: 'entities errors database policies',
  events: 'entities errors database policies store',
  jobs: 'entities database events',
  catalog: 'entities errors database store events',
  providers: 'config observability entities',
  ledger: 'entities database store events',
  provisioning: 'observability entities errors database policies store events jobs catalog providers ledger',
  webhooks: 'entities errors database policies store events jobs providers',
  mail: 'config entities errors database policies store events jobs',
  services:
    'config observability entities errors database policies store events catalog providers ledger provisioning webhooks mail',
  resolvers: 'entities errors policies store events catalog ledger services',
  graphql: 'config entities errors database policies services',
  transport: 'config observability entities errors database policies events services graphql',
  commands: 'config terminal entities errors database store events catalog providers provisioning services',
});
const FOR_EVERYBODY = ['clock', 'stop-times'];
const OF_THE_PROCESS = ['main', 'app', 'app-metrics', 'app-options', 'background-work', 'process-log'];

/** What is not src: src ships without it. */
const OUTSIDE = '^(dev|test|client|web|bench|examples|scripts)/';

/** A room imports from rooms above it in the table, so there is no cycle between rooms. */
function rooms(table) {
  const above = [];
  return Object.fromEntries(
    Object.entries(table).map(([room, names]) => {
      const mayImport = names.split(' ').filter(Boolean);
      const unknown = mayImport.filter(name => !above.includes(name));
      if (unknown.length > 0) throw new Error(`${room} comes before ${unknown.join(', ')}.`);
      above.push(room);
      return [room, mayImport];
    }),
  );
}

const at = names => `^src/(${names.join('|')})(/|\\.ts$)`;

const mayImport = (name, from, others) => ({
  name,
  comment: `May import ${others.join(', ') || 'nothing of ours'} (docs/architecture.md).`,
  severity: 'error',
  from: { path: at(from) },
  to: { path: '^src/', pathNot: at([...from, ...others, ...FOR_EVERYBODY]) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(ROOMS).map(([room, others]) => mayImport(room, [room], others)),
    mayImport('for everybody', FOR_EVERYBODY, []),
    {
      name: 'room without a line in the table',
      severity: 'error',
      from: { path: '^src/', pathNot: at([...Object.keys(ROOMS), ...FOR_EVERYBODY, ...OF_THE_PROCESS]) },
      to: {},
    },
    {
      name: 'src ships alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: OUTSIDE },
    },
    {
      name: 'client is copied alone',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(?!client/|node_modules/)', dependencyTypesNot: ['core'] },
    },
    {
      name: 'an example is copied with client alone',
      severity: 'error',
      from: { path: '^examples/' },
      to: {
        path: '^(?!examples/|client/|node_modules/|@graphql-typed-document-node/)',
        dependencyTypesNot: ['core'],
      },
    },
    { name: 'cycle', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    // TypeScript 7 has no interface that dependency-cruiser could use; swc keeps imports of types.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist|web/generated)/' },
  },
};
