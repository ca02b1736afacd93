import { request } from 'node:http';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';

let gateway: TestGateway;
beforeAll(async () => {
  const security = usualSecurity({ ALLOWED_HOSTS: 'localhost,127.0.0.1,[::1]' });
  gateway = await startTestGateway({}, { security });
});
afterAll(() => gateway.stop());

/** The status of a request that names `host`; of an upgrade where it asks for one. */
function status(
  host: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, gateway.url), { headers: { host, ...headers } });
    sent.once('response', ({ statusCode }) => resolve(statusCode));
    sent.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.end();
  });
}

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': 'graphql-transport-ws',
};

test.each([
  '/console',
  '/graphql?query={__typename}',
  '/graphql/stream?query={__typename}',
  '/healthz',
  '/readyz',
])('DNS rebinding: %s answers 421 to a host name that is not allowed', async path => {
  expect(await status('evil.example:4000', path)).toBe(421);
  expect(await status('localhost:4000', path)).not.toBe(421);
});

test('DNS rebinding: a WebSocket with a host name that is not allowed is refused', async () => {
  const page = { ...UPGRADE, origin: 'http://evil.example:4000' };
  expect(await status('evil.example:4000', '/graphql', page)).toBe(421);
  expect(await status('localhost:4000', '/graphql', { ...UPGRADE, origin: 'http://localhost:4000' })).toBe(
    101,
  );
});
