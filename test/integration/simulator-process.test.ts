import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { built } from '../support/dist';
import { APPLICATION, CALL, client, customer, subscription } from '../support/provider/client';
import { doing, effects, simulatorAt } from '../support/provider/simulator';
import { until } from '../support/until';

const MAIN = built('dev/simulator/main.js');
const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
const running: ChildProcess[] = [];

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function launch(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [MAIN], {
    env,
    stdio: 'pipe',
  });
  running.push(child);
  return child;
}

const settings = {
  PROVIDER_APPLICATION_ID: APPLICATION.applicationId,
  PROVIDER_API_KEY: APPLICATION.apiKey,
};

/** A simulator in a process of its own, once it has said where it is. */
async function start(env: Record<string, string> = {}) {
  const child = launch({ ...settings, ...env });
  if (child.stdout === null) throw new Error('no stdout');
  const [line] = await once(createInterface(child.stdout), 'line');
  const { url } = JSON.parse(String(line)) as { url: string };
  const provider = client(url);
  return {
    url,
    child,
    provider,
    ...simulatorAt(url),
    end: async (how: () => void) => {
      const exit = once(child, 'exit');
      how();
      return exit;
    },
  };
}

test('a killed simulator keeps every effect that it had confirmed', async () => {
  const journal = { SIMULATOR_JOURNAL: join(folder, 'killed/journal.jsonl') };
  const first = await start(journal);
  const externalId = await first.provider.accounts.synchronize(customer(), CALL);
  const wanted = subscription({ account: customer({ externalId }) });
  await first.setFaults(doing('resetAfter'));
  await expect(first.provider.createSubscription(wanted, CALL)).rejects.toMatchObject({
    code: 'OUTCOME_UNKNOWN',
  });
  const before = await first.ledger();
  await first.end(() => first.child.kill('SIGKILL'));
  appendFileSync(journal.SIMULATOR_JOURNAL, '{"at":"2026-11-22T00:00:00.000Z","acc');

  const second = await start(journal);
  expect((await second.ledger()).effects).toEqual(before.effects);
  expect(await second.provider.accounts.find(customer(), CALL)).toBe(externalId);
  const id = await second.provider.createSubscription(wanted, CALL);
  const owned = { ...wanted, externalId: id };
  await second.provider.cancelSubscription(owned, CALL);
  await second.end(() => second.child.kill('SIGKILL'));

  const third = await start(journal);
  expect(effects(await third.ledger())).toEqual([
    'account.created it@alpine.example User x1',
    'subscription.created subscription-1 IC-BASE-1TB=1 x1',
    'subscription.cancelled subscription-1 IC-BASE-1TB x1',
  ]);
  await third.clear();
  await third.end(() => third.child.kill('SIGKILL'));

  const fourth = await start(journal);
  expect(effects(await fourth.ledger())).toEqual([]);
  expect(await fourth.provider.accounts.find(customer(), CALL)).toBe(externalId);
  await fourth.clear('?state=all');
  await fourth.end(() => fourth.child.kill('SIGKILL'));

  const fifth = await start(journal);
  expect(await fifth.provider.accounts.find(customer(), CALL)).toBeUndefined();
  await fifth.end(() => fifth.child.kill('SIGKILL'));
});

test('a simulator without a journal starts empty', async () => {
  const first = await start();
  await first.provider.accounts.synchronize(customer(), CALL);
  await first.end(() => first.child.kill('SIGKILL'));
  const second = await start();
  expect(await second.provider.accounts.find(customer(), CALL)).toBeUndefined();
  await second.end(() => second.child.kill('SIGKILL'));
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s stops it during calls', async signal => {
  const { child, provider, setFaults, ledger, end } = await start();
  await setFaults(doing('hang', { delayMs: 60_000 }));
  const call = provider.accounts.find(customer(), CALL).catch((error: { code: string }) => error.code);
  await until(async () => (await ledger()).calls['accounts/exists'] === 1);
  expect(await end(() => child.kill(signal))).toEqual([0, null]);
  expect(await call).toBe('OUTCOME_UNKNOWN');
});

test('it ends with the process that started it, when asked to', async () => {
  const { child, end } = await start({ SIMULATOR_EXIT_WITH_PARENT: '1' });
  expect(await end(() => child.stdin?.end())).toEqual([0, null]);
});

test('it outlives the end of its input otherwise', async () => {
  const { child, provider, end } = await start();
  child.stdin?.end();
  expect(await provider.accounts.find(customer(), CALL)).toBeUndefined();
  await end(() => child.kill('SIGKILL'));
});

test.each([
  ['PROVIDER_API_KEY', { PROVIDER_APPLICATION_ID: 'app-1' }],
  ['SIMULATOR_PORT', { ...settings, SIMULATOR_PORT: 'many' }],
  ['line 1 of', { ...settings, SIMULATOR_JOURNAL: 'broken.jsonl' }],
])('it fails to start without a valid %s, and reports it', async (name, env) => {
  const path = join(folder, 'broken.jsonl');
  writeFileSync(path, 'no json\n{"at":"","effects":[]}\n');
  const child = launch({ ...env, ...('SIMULATOR_JOURNAL' in env ? { SIMULATOR_JOURNAL: path } : {}) });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words += chunk.toString();
  });
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(words.toLowerCase()).toContain(name.toLowerCase());
});
