import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { startTestGateway, type TestGateway } from '../support/gateway';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

/** A request whose head, with its token, is sent now and whose body when the test sends it. */
async function heldBack(path: string, token: string, body: string) {
  const { hostname, port } = new URL(gateway.url);
  const socket: Socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: ${hostname}:${port}`,
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    'accept: text/event-stream, application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`);
  // The head has arrived when a request that was sent after it is answered.
  await gateway.send(null, '{ __typename }');
  return async () => {
    socket.write(body.slice(10));
    let answer = '';
    socket.on('data', chunk => {
      answer += String(chunk);
    });
    await once(socket, 'close');
    return answer;
  };
}

const MUTATION =
  'mutation { createApiKey(input: { name: "late", scopes: [READ] }) { secret errors { code } } }';

test.each([
  ['/graphql', 'sales@skyline.example'],
  ['/graphql/stream', 'sales@harbor.example'],
])('a request to %s whose body arrives after its user signed out has no effect', async (path, email) => {
  const token = await gateway.token(email);
  const send = await heldBack(path, token, JSON.stringify({ query: MUTATION }));
  const { data } = await gateway.send(token, 'mutation { signOut { errors { code } } }');
  expect(data.signOut.errors).toEqual([]);
  const answer = await send();
  expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  expect(answer).toContain('UNAUTHENTICATED');
  const [row] = await gateway.rows<{ n: number }>("SELECT COUNT(*) AS n FROM api_keys WHERE name = 'late'");
  expect(row?.n).toBe(0);
});
