import { type DatabaseServer, startDatabase } from '../../dev/local/database-server';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process';
import { startOutside } from '../support/outside';
import { elapse } from '../support/until';

const WINDOW_MS = 10_000;
/** Statements of each check that waits longer than a window once a process has been up for some seconds. */
const RARE_CHECKS = { clock: 1, dueCancellations: 1, periods: 1, searchWords: 2, reconciliation: 2 };

let outside: Awaited<ReturnType<typeof startOutside>>;
const gateways: GatewayProcess[] = [];
let server: DatabaseServer;
beforeAll(async () => {
  // The count is the server's, so nobody else may use it.
  server = await startDatabase({ throwaway: true, log: () => undefined });
  outside = await startOutside(server.url);
  gateways.push(outside.first);
}, 60_000);
afterAll(async () => {
  for (const gateway of gateways) await gateway.kill();
  await outside.stop();
  await server.stop();
});

async function questions(): Promise<number> {
  const [row] = await outside.rows(`SHOW GLOBAL STATUS LIKE 'Questions'`);
  return Number(row?.Value);
}

/** Statements that the server gets in the window, without the one that asks. */
async function inWindow(): Promise<number> {
  await elapse(8_000, 'the pauses of a start grow to their longest');
  const before = await questions();
  await elapse(WINDOW_MS, 'the window in which statements are counted');
  return (await questions()) - before - 1;
}

test('processes with nothing to do send a few statements a second', async () => {
  const one = await inWindow();
  gateways.push(await startGatewayProcess(outside.env), await startGatewayProcess(outside.env));
  const three = await inWindow();
  const minute = 60_000 / WINDOW_MS;
  process.stdout.write(
    `idle: ${one * minute} statements a minute with one process, ${three * minute} with three\n`,
  );
  // Two pollers wait for 0.75 s at least, that of the webhooks for 3.75 s. The rare checks look once in a window at most.
  const rare = Object.values(RARE_CHECKS).reduce((sum, statements) => sum + statements);
  const most = Math.ceil((WINDOW_MS / 1000) * (2 / 0.75 + 1 / 3.75)) + rare;
  expect(one).toBeLessThanOrEqual(most);
  expect(three).toBeLessThanOrEqual(3 * most);
}, 120_000);
