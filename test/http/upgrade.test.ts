import { connect } from 'node:net';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { until } from '../support/until';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const BODY = JSON.stringify({ query: '{ products(first: 1) { totalCount } }' });
const post = (...headers: string[]) =>
  [
    'POST /graphql HTTP/1.1',
    'Host: gateway',
    'Content-Type: application/json',
    `Content-Length: ${BODY.length}`,
    ...headers,
  ].join('\r\n');
const OFFER = [
  'Connection: Upgrade, HTTP2-Settings',
  'Upgrade: h2c',
  'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
];

/** Sends `parts` over one connection, each as a packet of its own, and reads until there are `answers` answers. */
async function talk(parts: string[], answers: number): Promise<string> {
  const { hostname, port } = new URL(gateway.url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let read = '';
  socket.on('data', chunk => {
    read += chunk;
  });
  for (const part of parts) await new Promise(resolve => socket.write(part, resolve));
  await until(() => read.split('"totalCount"').length > answers, { open: () => read });
  socket.destroy();
  return read;
}

test.each([
  ['in one packet', [`${post(...OFFER)}\r\n\r\n${BODY}`]],
  ['with a body that comes later', [`${post(...OFFER)}\r\n\r\n`, BODY.slice(0, 10), BODY.slice(10)]],
])('a request that offers HTTP/2 is answered over HTTP/1.1, %s', async (_, parts) => {
  const answer = await talk(parts, 1);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).toContain('{"data":{"products":{"totalCount":');
});

test('a client that offers HTTP/2 with every request is answered every time, without leaking listeners', async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  await talk(Array(30).fill(`${post(...OFFER)}\r\n\r\n${BODY}`), 30);
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});

test('its connection is kept for the requests after it', async () => {
  const answer = await talk([`${post(...OFFER)}\r\n\r\n${BODY}`, `${post()}\r\n\r\n${BODY}`], 2);
  expect(answer.split('HTTP/1.1 200 OK')).toHaveLength(3);
  expect(answer).not.toMatch(/connection: close/i);
});
