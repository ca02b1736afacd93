import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort } from '../../dev/local/free-port';
import { MAIN, SETTINGS, startGatewayProcess } from '../support/gateway-process';
import { startOutside } from '../support/outside';
import { until } from '../support/until';

let outside: Awaited<ReturnType<typeof startOutside>>;
beforeAll(async () => {
  outside = await startOutside();
  await outside.first.stop();
}, 60_000);
afterAll(() => outside.stop());

/** The value of a metric without labels. */
async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(url)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

const answers = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => undefined,
  );

test('a full disk loses log lines, which are counted, and nothing else', async () => {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const env = { ...SETTINGS, ...outside.env, PORT: `${port}`, METRICS_PORT: `${metricsPort}` };
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', openSync('/dev/full', 'w'), openSync('/dev/full', 'w')],
  });
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await until(async () => (await answers(`${url}/healthz`)) === 200);
  const dropped = () =>
    metric(`http://127.0.0.1:${metricsPort}/metrics`, 'skybasket_log_lines_dropped_total');
  const before = await dropped();
  for (let batch = 0; batch < 24; batch += 1) {
    const sent = Array.from({ length: 50 }, () =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${outside.token}` },
        body: '{"query":"{ viewer { id } }"}',
      }).then(response => response.text()),
    );
    await Promise.all(sent);
  }
  expect((await dropped()) - before).toBeGreaterThanOrEqual(1200);
  expect(await answers(`${url}/healthz`)).toBe(200);
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
}, 60_000);

test('a process logs when it runs out of file descriptors, and when it has some again', async () => {
  const gateway = await startGatewayProcess({ ...outside.env, METRICS_PORT: '0' }, [
    'sh',
    '-c',
    `ulimit -n 80; exec "$0" "$@"`,
  ]);
  const { metricsUrl } = gateway.log.find(entry => entry.metricsUrl) ?? {};
  const said = (text: RegExp) => gateway.log.filter(({ msg }) => text.test(msg)).map(({ level }) => level);
  const idle = Array.from({ length: 120 }, () =>
    connect(Number(new URL(gateway.url).port), '127.0.0.1').on('error', () => undefined),
  );
  await until(() => said(/no file descriptors are left/).length === 1);
  for (const socket of idle) socket.destroy();
  await until(() => said(/file descriptors are free again/).length === 1);
  expect(said(/no file descriptors are left/)).toEqual([50]);
  expect(await metric(metricsUrl, 'skybasket_descriptors_exhausted')).toBe(0);
  expect(await gateway.stop()).toBe(0);
}, 60_000);

test('a start with a heap that is too small fails with a line of JSON', async () => {
  const env = { PATH: process.env.PATH, ...SETTINGS, ...outside.env };
  const child = spawn(process.execPath, ['--max-old-space-size=128', MAIN], { env, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += String(chunk)));
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(JSON.parse(output)).toMatchObject({
    level: 60,
    msg: expect.stringMatching(/^The heap is limited to 1\d\d MB, and the gateway needs at least 256 MB\./),
  });
});
