import { spawn } from 'node:child_process';
import { built } from '../support/dist';
import { createTestClock, findFaketime } from '../support/faketime';
import { BROKER, CREDENTIALS, startTestGateway, type TestGateway } from '../support/gateway';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

interface Done {
  code: number | null;
  lines: string[];
  errors: string[];
}

/** Runs a command from `dist`, as npm does. */
const command = (name: string, ...args: string[]) => commandIn({}, name, ...args);

function commandIn(env: Record<string, string>, name: string, ...args: string[]): Promise<Done> {
  const program = [process.execPath, built(`src/commands/${name}.js`)];
  const words = [...program, ...args.filter(arg => arg !== '--terminal')];
  // util-linux's script has a terminal for the command.
  const onTerminal = ['script', '-qefc', `stty cols 100; ${words.join(' ')}`, '/dev/null'];
  const [file = '', ...rest] = args.includes('--terminal') ? onTerminal : words;
  const child = spawn(file, rest, {
    env: {
      PATH: process.env.PATH,
      TERM: 'xterm',
      DATABASE_URL: gateway.settings.databaseUrl,
      PROVIDER_URL: gateway.simulator.url,
      PROVIDER_APPLICATION_ID: CREDENTIALS.applicationId,
      PROVIDER_API_KEY: CREDENTIALS.apiKey,
      BROKER_URL: gateway.simulator.brokerUrl,
      BROKER_USERNAME: BROKER.username,
      BROKER_PASSWORD: BROKER.password,
      AUTH_SECRET: 'a secret of the tests that is long enough',
      ...env,
    },
  });
  let [output, errors] = ['', ''];
  child.stdout.on('data', chunk => (output += String(chunk)));
  child.stderr.on('data', chunk => (errors += String(chunk)));
  const lines = (text: string) => text.split('\n').filter(Boolean);
  return new Promise(done =>
    child.once('close', code => done({ code, lines: lines(output), errors: lines(errors) })),
  );
}

test('import-catalog previews, imports with its progress, and finds nothing the second time', async () => {
  const seen = await command('import-catalog', 'open-service-broker', '--dry-run');
  expect(seen.code).toBe(0);
  expect(seen.lines).toContain('KEEP     product CB-SERVER price MONTHLY: 1900 → 1500');
  expect(seen.lines.at(-1)).toBe('Nothing was written.');
  const done = await command('import-catalog', 'open-service-broker');
  expect(done.lines.slice(0, -1)).toEqual(seen.lines.slice(0, -1));
  expect(done.lines.at(-1)).toBe(`succeeded, ${seen.lines.length - 1} changes`);
  expect(done.errors).toEqual(['Reading the catalog of open-service-broker …', '1 of 1 services']);
  const again = await command('import-catalog', 'open-service-broker', '--dry-run');
  expect(again).toMatchObject({ code: 0, lines: ['Nothing would change.'] });
});

test('on a terminal the progress is one line that changes, and the result stays', async () => {
  const { code, lines } = await command('import-catalog', 'open-service-broker', '--terminal');
  expect(code).toBe(0);
  const text = lines.join('\n');
  expect(text).toContain('1 of 1 services\u001b[?2026l');
  expect(text).toMatch(/succeeded, 0 changes\r?$/m);
});

test.each([
  [['import-catalog'], "error: missing required argument 'provider'"],
  [['import-catalog', 'nobody'], 'This provider does not exist, or you cannot see it.'],
  [['reconcile', 'nobody'], 'There is no provider nobody; there is impossible-cloud, open-service-broker.'],
])('%j fails with one sentence', async ([name = '', ...args], sentence) => {
  const { code, lines, errors } = await command(name, ...args);
  expect([code, lines, errors.at(-1)]).toEqual([1, [], sentence]);
});

test('reconcile queries every provider at once, and reports the drift', async () => {
  expect(await command('reconcile')).toEqual({
    code: 0,
    lines: ['impossible-cloud: 0 checked, 0 differ', 'open-service-broker: 0 checked, 0 differ'],
    errors: [
      'impossible-cloud: asking for its subscriptions …',
      'impossible-cloud: 0 checked …',
      'open-service-broker: asking for its subscriptions …',
      'open-service-broker: 0 checked …',
    ],
  });
});

const faketime = findFaketime();
(faketime ? test : test.skip)(
  'a command on a machine whose clock is 32 days ahead writes the time of the database',
  async () => {
    await gateway.rows('UPDATE products SET name = ? WHERE sku = ?', ['Renamed', 'CB-SERVER']);
    const { env } = createTestClock(faketime ?? '', '+32d');
    const [before] = await gateway.rows('SELECT COUNT(*) AS n FROM events');
    expect((await commandIn(env, 'reconcile')).code).toBe(0);
    expect((await commandIn(env, 'import-catalog', 'open-service-broker')).code).toBe(0);
    const [after] = await gateway.rows('SELECT COUNT(*) AS n, SUM(occurredAt > NOW(3)) AS ahead FROM events');
    expect(after?.n).toBeGreaterThan(before?.n);
    expect(Number(after?.ahead)).toBe(0);
  },
);
