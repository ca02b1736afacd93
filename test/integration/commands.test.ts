import { spawn } from 'node:child_process';
import { built } from '../support/dist';
import { BROKER, CREDENTIALS, startTestGateway, type TestGateway } from '../support/gateway';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

/** Runs a command from `dist`, as npm does. */
function command(name: string, ...args: string[]): Promise<{ code: number | null; lines: string[] }> {
  const child = spawn(process.execPath, [built(`commands/${name}.js`), ...args], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: gateway.settings.databaseUrl,
      PROVIDER_URL: gateway.simulator.url,
      PROVIDER_APPLICATION_ID: CREDENTIALS.applicationId,
      PROVIDER_API_KEY: CREDENTIALS.apiKey,
      BROKER_URL: gateway.simulator.brokerUrl,
      BROKER_USERNAME: BROKER.username,
      BROKER_PASSWORD: BROKER.password,
      AUTH_SECRET: 'a secret of the tests that is long enough',
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += String(chunk)));
  return new Promise(done => child.once('close', code => done({ code, lines: output.trim().split('\n') })));
}

test('import-catalog previews, imports with its progress, and finds nothing the second time', async () => {
  const seen = await command('import-catalog', 'open-service-broker', '--dry-run');
  expect(seen.code).toBe(0);
  expect(seen.lines).toContain('KEEP     product CB-SERVER price MONTHLY: 1900 → 1500');
  expect(seen.lines.at(-1)).toBe('Nothing was written.');
  const done = await command('import-catalog', 'open-service-broker');
  expect(done.lines.slice(0, -2)).toEqual(seen.lines.slice(0, -1));
  expect(done.lines.slice(-2)).toEqual(['1 of 1 services', `succeeded, ${seen.lines.length - 1} changes`]);
  const again = await command('import-catalog', 'open-service-broker', '--dry-run');
  expect(again).toEqual({ code: 0, lines: ['Nothing would change.'] });
});

test.each([
  [['import-catalog'], 'Whose catalog? npm run import-catalog -- PROVIDER [--dry-run]'],
  [['import-catalog', 'nobody'], 'There is no such provider.'],
  [['reconcile', 'nobody'], 'There is no provider nobody; there is impossible-cloud, open-service-broker.'],
])('%j says in one sentence what is wrong', async ([name = '', ...args], sentence) => {
  expect(await command(name, ...args)).toEqual({ code: 1, lines: [sentence] });
});

test('reconcile asks every provider now, and says what it found', async () => {
  expect(await command('reconcile')).toEqual({
    code: 0,
    lines: ['impossible-cloud: 0 checked, 0 differ', 'open-service-broker: 0 checked, 0 differ'],
  });
});
