import { Agent, request } from 'node:http';
import { desk, license, newAccount } from '../support/desk';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process';
import { startOutside } from '../support/outside';
import { doing } from '../support/provider/simulator';
import { connect } from '../support/sockets';
import { until } from '../support/until';

let outside: Awaited<ReturnType<typeof startOutside>>;
beforeAll(async () => {
  outside = await startOutside();
  await outside.first.stop();
}, 60_000);
afterAll(() => outside.stop());

interface Seen {
  status: number;
  connection: string | undefined;
  retryAfter: string | undefined;
}

/** One request on `agent`; undefined where there is no connection any more. */
function ask(url: string, agent: Agent): Promise<Seen | undefined> {
  const body = '{"query":"{ __typename }"}';
  return new Promise(resolve => {
    const sent = request(`${url}/graphql`, {
      agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': body.length },
    });
    sent.on('response', response => {
      const { connection, 'retry-after': retryAfter } = response.headers;
      response
        .resume()
        .on('end', () => resolve({ status: response.statusCode ?? 0, connection, retryAfter }));
    });
    sent.on('error', () => resolve(undefined));
    sent.end(body);
  });
}

/** Clients that ask again as soon as they are answered, on connections that they keep, until nobody listens. */
function busyClients({ url }: GatewayProcess, count: number) {
  const seen: Seen[] = [];
  const clients = Array.from({ length: count }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let failures = 0;
    while (failures < 3) {
      const answer = await ask(url, agent);
      if (answer) seen.push(answer);
      else failures += 1;
    }
    agent.destroy();
  });
  return { seen, gone: Promise.all(clients) };
}

/** Calls that hang are given up by the stop alone. */
const PATIENT = { PROVIDER_TIMEOUT_MS: '60000', LEASE_MS: '120000' };

/** An operation of `gateway` whose call to the provider is out, and stays so. */
async function callThatIsOut(gateway: GatewayProcess, name: string) {
  const { provider, rows, token } = outside;
  const manager = desk((query, variables) => gateway.send(token, query, variables));
  const customer = await newAccount(rows, name);
  const { email } = customer;
  await provider.setFaults(
    doing('hang', { endpoint: 'subscriptions/create', recipient: email, checkOnly: false }),
  );
  const orderId = await manager.place(customer.id, license('Backups'));
  const { operationId } = await manager.execute(orderId);
  // A fault is gone when a call has met it.
  await until(async () => ((await provider.faults()) as { faults: unknown[] }).faults.length === 0);
  return { orderId, operationId };
}

const readiness = ({ url }: GatewayProcess) => fetch(`${url}/readyz`).then(({ status }) => status);

test.each(['SIGTERM', 'SIGHUP'] as const)(
  '%s: readiness fails first, every client gets a close code, and 30 busy clients do not delay the exit',
  async signal => {
    const gateway = await startGatewayProcess({ ...outside.env, ...PATIENT, DRAIN_MS: '700' });
    await callThatIsOut(gateway, signal);
    const dashboard = await connect(gateway.url, outside.token);
    // A client that never answers the closing handshake.
    const deaf = await connect(gateway.url, outside.token);
    deaf.socket.pause();
    const { seen, gone } = busyClients(gateway, 30);
    await until(() => seen.length > 100);
    expect(seen.every(({ status, connection }) => status === 200 && connection === 'keep-alive')).toBe(true);
    gateway.child.kill(signal);
    await until(async () => (await readiness(gateway)) === 503);
    // What was answered by then may have been on its way before the signal.
    seen.length = 0;
    await until(() => seen.length > 60);
    expect(new Set(seen.slice(30, 60).map(({ status, connection }) => `${status} ${connection}`))).toEqual(
      new Set(['200 close']),
    );
    await gateway.exited;
    expect(gateway.child.exitCode).toBe(0);
    await gone;
    const late = seen.filter(({ status }) => status !== 200);
    expect(late.length).toBeGreaterThan(0);
    expect(new Set(late.map(answer => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ status: 503, connection: 'close', retryAfter: '2' })]),
    );
    expect(await dashboard.closed).toMatchObject({ code: 1001 });
    deaf.socket.terminate();
    const messages = gateway.log.map(({ msg }) => msg);
    expect(gateway.log.find(({ reason }) => reason === signal)).toMatchObject({ drainMs: 700 });
    expect(messages.at(-1)).toBe('stopped');
    expect(gateway.log.filter(({ level }) => level >= 50)).toEqual([]);
  },
  60_000,
);

test('a second SIGTERM releases the claims and exits at once', async () => {
  const { rows } = outside;
  const gateway = await startGatewayProcess({ ...outside.env, ...PATIENT, DRAIN_MS: '60000' });
  const { orderId, operationId } = await callThatIsOut(gateway, 'Hurried');
  const claims = () =>
    rows('SELECT owner IS NULL AS free, dueAt <= NOW(3) AS due FROM operations WHERE id = ?', [operationId]);
  expect(await claims()).toEqual([{ free: 0, due: 0 }]);
  gateway.child.kill('SIGTERM');
  await until(async () => (await readiness(gateway)) === 503);
  gateway.child.kill('SIGTERM');
  await gateway.exited;
  expect(gateway.child.exitCode).toBe(0);
  expect(await claims()).toEqual([{ free: 1, due: 1 }]);
  const other = await startGatewayProcess(outside.env);
  await outside.settled();
  expect(await rows('SELECT state FROM orders WHERE id = ?', [orderId])).toEqual([{ state: 'COMPLETED' }]);
  await other.stop();
}, 60_000);
