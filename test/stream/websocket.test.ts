import { startOn, startTestGateway, type TestGateway } from '../support/gateway';
import { RawSocket } from '../support/raw-socket';
import { usualSecurity } from '../support/security';
import { Listener, PROVISIONING } from '../support/streams';
import { until } from '../support/until';

let gateway: TestGateway;
let token: string;
beforeAll(async () => {
  gateway = await startTestGateway(
    {},
    { security: usualSecurity({ ALLOWED_ORIGINS: 'https://shop.example' }) },
  );
  token = await gateway.token('admin@bss.example');
});
afterAll(() => gateway.stop());

const subscribe = (id: string, query = PROVISIONING) => ({ id, type: 'subscribe', payload: { query } });

test.each([
  ['https://evil.example', 403],
  ['null', 403],
  ['https://shop.example', undefined],
  ['the same', undefined],
])('a page of the origin %s is answered with %s', async (origin, status) => {
  const socket = new RawSocket(gateway.url, { origin: origin === 'the same' ? gateway.url : origin });
  await until(() => socket.refused !== undefined || socket.socket.readyState === 1);
  expect(socket.refused).toBe(status);
  socket.socket.terminate();
});

test('an anonymous client can query the catalog but not subscribe', async () => {
  const socket = await new RawSocket(gateway.url).init();
  socket.send(subscribe('1', '{ categories { slug } }'));
  await until(() => socket.messages.some(({ type }) => type === 'complete'));
  expect(socket.payloads('1')[0]?.data.categories).toHaveLength(2);
  socket.send(subscribe('2'));
  await until(() => socket.payloads('2').length === 1);
  expect(socket.payloads('2')[0]?.errors[0].extensions.code).toBe('UNAUTHENTICATED');
  socket.socket.terminate();
});

test('an invalid document is an error of its operation, with a code', async () => {
  const socket = await new RawSocket(gateway.url).init(token);
  socket.send(subscribe('1', 'subscription { nothing }'));
  socket.send(subscribe('2', 'subscription {'));
  await until(() => socket.messages.filter(({ type }) => type === 'error').length === 2);
  const codes = socket.messages.slice(1).map(({ id, payload }) => [id, payload[0].extensions.code]);
  // Operations of a connection do not wait for each other.
  expect(Object.fromEntries(codes)).toEqual({
    '1': 'GRAPHQL_VALIDATION_FAILED',
    '2': 'GRAPHQL_PARSE_FAILED',
  });
  socket.socket.terminate();
});

test('operations of a connection and connections of a user are bounded', async () => {
  const bounds = { connectionsPerUser: 2, operationsPerConnection: 2 };
  const bounded = await startOn({ ...gateway.settings, stream: bounds });
  try {
    const first = await new RawSocket(bounded.url).init(token);
    for (const id of ['1', '2', '3']) first.send(subscribe(id));
    await until(() => first.messages.some(({ type }) => type === 'error'));
    const refused = first.messages.find(({ type }) => type === 'error');
    expect([refused?.id, refused?.payload[0].extensions.code]).toEqual(['3', 'TOO_MANY_STREAMS']);
    first.send({ id: '1', type: 'complete' });
    await until(async () => {
      first.send(subscribe('4'));
      await until(() => first.messages.some(({ id }) => id === '4'));
      return first.payloads('4').length === 1;
    });

    const second = await new RawSocket(bounded.url).init(token);
    const third = await new RawSocket(bounded.url).init(token);
    expect(await third.closeCode()).toBe(1013);
    second.socket.terminate();
    await until(async () => {
      const next = await new RawSocket(bounded.url).init(token);
      return next.closed === undefined;
    });
  } finally {
    await bounded.stop();
  }
});

test('a stopping gateway closes streams with 1001', async () => {
  const stopping = await startOn(gateway.settings);
  const listener = await new Listener(stopping.url, token, PROVISIONING).has(1);
  await stopping.stop();
  await until(() => listener.closed !== undefined);
  expect(listener.closed?.code).toBe(1001);
});
