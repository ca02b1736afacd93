import { startTestGateway, type TestGateway } from '../support/gateway';
import { connect, openSocket } from '../support/sockets';

let gateway: TestGateway;
let token: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  token = await gateway.token('admin@bss.example');
});
afterAll(() => gateway.stop());

const STREAM = 'subscription { provisioningUpdates { __typename cursor } }';
const subscribe = (id: string, query: string) => ({ type: 'subscribe', id, payload: { query } });

test('an id can be used again in the burst that completes it', async () => {
  const client = await connect(gateway.url, token);
  client.send(subscribe('1', STREAM));
  for (let round = 0; round < 50; round += 1) {
    client.send({ type: 'complete', id: '1' });
    client.send(subscribe('1', STREAM));
  }
  client.send({ type: 'complete', id: '1' });
  client.send(subscribe('1', '{ viewer { email } }'));
  const answer = await client.next(({ payload }) => payload?.data?.viewer);
  expect(answer).toMatchObject({ id: '1', payload: { data: { viewer: { email: 'admin@bss.example' } } } });
  await client.next(({ type, id }) => type === 'complete' && id === '1');
  expect(client.socket.readyState).toBe(1);
  client.socket.terminate();
});

test('a message type of servers closes the connection with 4400', async () => {
  const client = await connect(gateway.url, token);
  client.send({ type: 'next', id: '1', payload: {} });
  expect((await client.closed).code).toBe(4400);
});

test.each([
  [{ Authorization: true }, 'signed in'],
  [{ AUTHORIZATION: true }, 'signed in'],
  [{ authorization: 'Bearer forged' }, 4403],
  [{ Authorization: 'nonsense' }, 4403],
  [{ authorization: 7 }, 4403],
  [{ authorization: null }, 'anonymous'],
  [{}, 'anonymous'],
])('connection_init with %j gives %s', async (given, expected) => {
  const payload = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value === true ? `Bearer ${token}` : value]),
  );
  const client = await openSocket(gateway.url);
  client.send({ type: 'connection_init', payload });
  if (typeof expected === 'number') {
    expect((await client.closed).code).toBe(expected);
    return;
  }
  await client.next(({ type }) => type === 'connection_ack');
  client.send(subscribe('1', '{ viewer { id } }'));
  const { payload: answer } = await client.next(({ id }) => id === '1');
  expect(answer.errors?.[0]?.extensions.code).toBe(expected === 'anonymous' ? 'UNAUTHENTICATED' : undefined);
  client.socket.terminate();
});
