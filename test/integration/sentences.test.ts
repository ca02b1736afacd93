import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { resolve } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePort } from '../../dev/local/free-port';
import { emptySchema } from '../support/empty-schema';
import { CREDENTIALS, startTestGateway } from '../support/gateway';

const COMMANDS = {
  serve: ['main.js'],
  setup: ['commands/setup.js', '--email', 'ada@example.com', '--name', 'Ada Minster'],
  reconcile: ['commands/reconcile.js'],
  'remove-old-events': ['commands/remove-old-events.js'],
  'export-charges': ['commands/export-charges.js', '--from', '2026-04-01', '--until', '2026-05-01'],
  'import-catalog': ['commands/import-catalog.js', 'impossible-cloud'],
} as const;
type Name = keyof typeof COMMANDS;

let databaseUrl: string;
let taken: Server;
let port: number;
beforeAll(async () => {
  databaseUrl = await emptySchema();
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  port = (taken.address() as { port: number }).port;
});
afterAll(() => void taken.close());

/** The sentence of a line: `serve` writes lines of JSON, as its log. */
const sentenceOf = (line: string): string => (line.startsWith('{') ? JSON.parse(line).msg : line);

/** What a command says, and how it ends. */
function run(name: Name, env: Record<string, string>): Promise<{ code: unknown; stderr: string[] }> {
  const [file, ...args] = COMMANDS[name];
  const settings = {
    PATH: process.env.PATH,
    PORT: '0',
    DATABASE_URL: databaseUrl,
    PROVIDER_URL: 'http://127.0.0.1:9/',
    PROVIDER_APPLICATION_ID: CREDENTIALS.applicationId,
    PROVIDER_API_KEY: CREDENTIALS.apiKey,
    AUTH_SECRET: 'a secret of the tests that is long enough',
    ...env,
  };
  const path = resolve(__dirname, '../../dist/src', file);
  return new Promise(done => {
    execFile(process.execPath, [path, ...args], { env: settings }, (error, _, stderr) =>
      done({ code: error?.code ?? 0, stderr: stderr.trim().split('\n').map(sentenceOf) }),
    );
  });
}

const with_ = (change: (url: URL) => void): string => {
  const url = new URL(databaseUrl);
  change(url);
  return url.href;
};

test.each(Object.keys(COMMANDS) as Name[])(
  '%s says in one sentence that the password is wrong',
  async name => {
    const url = with_(it => (it.password = 'wrong'));
    expect(await run(name, { DATABASE_URL: url })).toEqual({
      code: 1,
      stderr: expect.arrayContaining([
        expect.stringMatching(
          /^The database at \S+ does not accept the user "skybasket" with the password of /,
        ),
      ]),
    });
  },
);

test.each(['setup', 'reconcile', 'import-catalog', 'export-charges', 'remove-old-events'] as Name[])(
  '%s says in one sentence that there is no database',
  async name => {
    const nobody = await freePort();
    const { code, stderr } = await run(name, { DATABASE_URL: with_(url => (url.port = String(nobody))) });
    expect([code, stderr.at(-1)]).toEqual([
      1,
      `The database at 127.0.0.1:${nobody} cannot be reached (ECONNREFUSED). Check DATABASE_URL, and that the database is running.`,
    ]);
    expect(stderr.filter(line => /^\s+at /.test(line))).toEqual([]);
  },
);

test.each(['setup', 'reconcile', 'export-charges', 'remove-old-events'] as Name[])(
  '%s says in one sentence that the tables are missing',
  async name => {
    const connection = await createConnection(databaseUrl);
    await connection.query('CREATE DATABASE IF NOT EXISTS without_tables');
    await connection.end();
    const { code, stderr } = await run(name, {
      DATABASE_URL: with_(url => (url.pathname = '/without_tables')),
    });
    expect([code, stderr.at(-1)]).toEqual([
      1,
      'The database lacks tables. Run the migrations (docs/guides/operator.md).',
    ]);
  },
);

test.each([
  ['PORT', {}],
  ['METRICS_PORT', { PORT: '0' }],
])('serve says in one sentence that %s is taken', async (setting, more) => {
  const env = { MIGRATE: '1', ...more, [setting]: String(port) };
  expect(await run('serve', env)).toEqual({
    code: 1,
    stderr: [
      `Port ${port} of 127.0.0.1 is in use. Stop the process that has it, or set ${setting} to another one.`,
    ],
  });
});

test('setup says in one sentence that there is an administrator, and changes nothing', async () => {
  const gateway = await startTestGateway({}, { databaseUrl });
  try {
    const counts = async () => [
      await gateway.rows('SELECT COUNT(*) AS users FROM users'),
      await gateway.rows('SELECT version FROM catalog_version'),
    ];
    const before = await counts();
    const { code, stderr } = await run('setup', {});
    expect([code, stderr.at(-1)]).toEqual([1, 'There is an administrator already; nothing was changed.']);
    expect(await counts()).toEqual(before);
  } finally {
    await gateway.stop();
  }
});
