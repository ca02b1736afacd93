import { spawn } from 'node:child_process';
import { deskOf, license, newAccount } from '../support/desk';
import { built } from '../support/dist';
import { createTestClock, findFaketime } from '../support/faketime';
import { BROKER, CREDENTIALS, startTestGateway, type TestGateway } from '../support/gateway';
import { CALL, subscription } from '../support/provider/client';
import { doing, simulatorAt } from '../support/provider/simulator';

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
  expect(seen.lines).toContain('KEEP     product CB-SERVER price MONTHLY: 19.00 EUR → 15.00 EUR');
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
    lines: [
      'impossible-cloud: 0 checked, 0 differ, 0 being repaired',
      'open-service-broker: 0 checked, 0 differ, 0 being repaired',
    ],
    errors: [
      'impossible-cloud: asking for its subscriptions …',
      'impossible-cloud: 0 checked …',
      'open-service-broker: asking for its subscriptions …',
      'open-service-broker: 0 checked …',
    ],
  });
});

describe('reconcile of a subscription', () => {
  let id: string;
  const columns = (...cells: string[]) =>
    cells.map((cell, index) => cell.padEnd([20, 31, 24, 0][index] ?? 0)).join('');
  const HEADER = columns('PROVIDER', 'SUBSCRIPTION', 'FINDING', 'OUTCOME');
  const TOTALS = 'impossible-cloud: 1 checked, 0 differ, 0 being repaired, ADDONS of 1 unverifiable';
  const REMEDY =
    'The provider does not report it. Set it again with --push, unless the subscription is suspended.';
  const countOperations = async () =>
    (await gateway.rows('SELECT COUNT(*) AS n FROM operations WHERE subscriptionId = ?', [id]))[0]?.n;
  const ofProvider = (subscription: string) => ({
    provider: 'impossible-cloud',
    subscriptionId: subscription,
  });
  beforeAll(async () => {
    const manager = deskOf(gateway);
    const customer = await newAccount(gateway.rows, 'Compared');
    id = (await manager.order(customer.id, license('Compared', { 'IC-ADD-1TB': 2 }))).subscriptionId;
    await gateway.settled();
  });
  afterAll(async () => {
    const provider = gateway.app.deps.providers.get('impossible-cloud');
    await provider?.resumeSubscription?.(subscription({ id }), CALL);
  });

  test('prints what is unverifiable, with exit code 0, and sets it again with --push only', async () => {
    const finding = (outcome: string) => columns('impossible-cloud', id, 'UNVERIFIABLE ADDONS', outcome);
    const seen = await command('reconcile', 'impossible-cloud');
    const legend = `UNVERIFIABLE ADDONS: ${REMEDY}`;
    expect(seen).toMatchObject({ code: 0, lines: [HEADER, finding('reported'), TOTALS, legend] });
    const dry = await command('reconcile', 'impossible-cloud', '--push', '--dry-run');
    expect([dry.code, dry.lines]).toEqual([0, seen.lines]);
    expect(await countOperations()).toBe(1);
    const pushed = await command('reconcile', 'impossible-cloud', '--push');
    expect(pushed).toMatchObject({
      code: 0,
      lines: [HEADER, finding('pushing'), `${TOTALS}, 1 being set again`, legend],
    });
    await gateway.settled();
    expect(await countOperations()).toBe(2);
  });

  test('prints JSON Lines, and a difference with exit code 2', async () => {
    const provider = gateway.app.deps.providers.get('impossible-cloud');
    await provider?.suspendSubscription?.(subscription({ id }), CALL);
    const { code, lines } = await command('reconcile', 'impossible-cloud', '--json', '--dry-run');
    expect(code).toBe(2);
    const unreported = { ...ofProvider(id), outcome: 'reported', remedy: REMEDY };
    expect(lines.map(line => JSON.parse(line))).toEqual([
      {
        ...ofProvider(id),
        difference: 'SUSPENSION_DIFFERS',
        outcome: 'reported',
        remedy: expect.stringMatching(
          /find out why the provider suspended it, then suspend and resume it here\.$/,
        ),
      },
      { ...unreported, unverifiable: 'ADDONS' },
      { ...unreported, unverifiable: 'PRODUCT' },
      {
        provider: 'impossible-cloud',
        checked: 1,
        unanswered: 0,
        differ: 1,
        unverifiable: { ADDONS: 1, PRODUCT: 1, SUSPENSION: 0 },
        pushed: 0,
        complete: true,
      },
    ]);
  });

  test('ends with exit code 1 where a subscription was not compared', async () => {
    const { setFaults } = simulatorAt(gateway.simulator.url);
    await setFaults(doing('status', { endpoint: 'subscriptions/update' }));
    const { code, lines } = await command('reconcile', 'impossible-cloud');
    expect([code, lines]).toEqual([
      1,
      ['impossible-cloud: 0 checked, 0 differ, 0 being repaired, 1 without an answer'],
    ]);
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
