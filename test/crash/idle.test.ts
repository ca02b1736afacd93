import { type DatabaseServer, startDatabase } from '../../dev/local/database-server';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process';
import { startOutside } from '../support/outside';
import { elapse } from '../support/until';

const WINDOW_MS = 10_000;

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
  // Two pollers wait for 0.75 s at least, that of the webhooks for 3.75 s; the calendar and the reconciliation look once
  // in a window at most; the clock is read once in it at most.
  const most = (WINDOW_MS / 1000) * (2 / 0.75 + 1 / 3.75) + 3;
  expect(one).toBeLessThanOrEqual(Math.ceil(most));
  expect(three).toBeLessThanOrEqual(3 * Math.ceil(most));
}, 120_000);
