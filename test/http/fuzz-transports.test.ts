import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import fc from 'fast-check';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { connect, openSocket } from '../support/sockets';

const RUNS = Number(process.env.RUNS ?? 150);
/** Grows with the number of cases. */
const LIMIT_MS = Math.max(120_000, RUNS * 800);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const lines: { level: number; msg?: string; err?: unknown }[] = [];
let gateway: TestGateway;
beforeAll(async () => {
  process.stderr.write(`fuzz of transports: seed ${SEED}\n`);
  gateway = await startTestGateway({}, {}, { write: line => void lines.push(JSON.parse(line)) });
});
afterAll(() => gateway.stop());
// Nothing that a client sends is our fault, and the gateway goes on.
afterEach(async () => {
  expect((await gateway.send(null, '{ __typename }')).data).toEqual({ __typename: 'Query' });
  expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
});

const QUERIES = [
  '{ __typename }',
  '{ viewer { id } }',
  'query ($b: Boolean = true) { products @skip(if: $b) { totalCount } }',
  'mutation { emptyBasket { errors { code } } }',
  'subscription { provisioningUpdates { __typename } }',
  'query A { __typename } query B { __typename }',
  '{',
  '',
];
const query = fc.oneof(fc.constantFrom(...QUERIES), fc.string({ maxLength: 60 }));
const anything = fc.jsonValue({ maxDepth: 3 });
const payload = fc.record(
  {
    query: fc.oneof({ weight: 6, arbitrary: query }, { weight: 1, arbitrary: anything }),
    variables: fc.oneof(fc.constant({ b: null }), fc.constant({ b: true }), anything),
    operationName: fc.oneof(fc.constantFrom('A', 'B', '', null), anything),
    extensions: fc.oneof(
      fc.record({
        persistedQuery: fc.record({ version: fc.constantFrom(1, 2, '1'), sha256Hash: fc.string() }),
      }),
      fc.record({ documentId: fc.oneof(fc.string(), fc.constant('sha256:0')) }),
      anything,
    ),
    documentId: anything,
  },
  { requiredKeys: [] },
);
const header = fc.stringMatching(/^[ -~]{0,40}$/);
const headers = fc.record(
  {
    'content-type': fc.oneof(
      fc.constantFrom(
        'application/json',
        'application/json; charset=utf-16',
        'text/plain',
        'multipart/form-data',
      ),
      header,
    ),
    'content-encoding': fc.oneof(fc.constantFrom('gzip', 'br', 'deflate', 'identity'), header),
    'accept-encoding': fc.oneof(fc.constantFrom('br', 'gzip;q=0', '*', 'identity;q=0'), header),
    accept: fc.oneof(
      fc.constantFrom('*/*', 'text/event-stream', 'multipart/mixed; deferSpec=20220824', 'text/html'),
      header,
    ),
    authorization: fc.oneof(fc.constantFrom('Bearer x', 'Bearer', 'Basic a:b'), header),
    origin: header,
    'last-event-id': header,
    traceparent: header,
    'x-forwarded-for': header,
  },
  { requiredKeys: [] },
);
/** Less than the time limit of a test, so that fast-check shows the case that hangs, or how far a run came. */
const assert = (property: fc.IAsyncProperty<any>) =>
  fc.assert(property, {
    numRuns: RUNS,
    seed: SEED,
    endOnFailure: true,
    timeout: 20_000,
    interruptAfterTimeLimit: LIMIT_MS - 20_000,
    markInterruptAsFailure: true,
  });

async function answered(path: string, init: RequestInit): Promise<number> {
  const stop = new AbortController();
  const response = await fetch(`${gateway.url}${path}`, { ...init, redirect: 'manual', signal: stop.signal });
  const { status } = response;
  // A stream that was opened does not end by itself.
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) stop.abort();
  else await response.arrayBuffer();
  return status;
}

test.each(['/graphql', '/graphql/stream'])(
  'requests by POST to %s, whatever their headers and bodies',
  async path => {
    const body = fc.oneof(
      payload.map(given => JSON.stringify(given)),
      fc.uint8Array({ maxLength: 300 }),
    );
    await assert(
      fc.asyncProperty(body, headers, async (bytes, given) => {
        const init = {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...given },
          body: bytes as never,
        };
        expect(await answered(path, init)).toBeLessThan(500);
      }),
    );
  },
  LIMIT_MS,
);

test.each(['/graphql', '/graphql/stream'])(
  'requests by GET to %s, whatever their parameters',
  async path => {
    const parameters = fc.dictionary(
      fc.constantFrom('query', 'variables', 'extensions', 'operationName', 'documentId', 'other'),
      fc.oneof(
        query,
        anything.map(value => JSON.stringify(value)),
        fc.string(),
      ),
    );
    await assert(
      fc.asyncProperty(parameters, headers, async (given, more) => {
        const { 'content-encoding': _, ...sent } = more;
        expect(await answered(`${path}?${new URLSearchParams(given)}`, { headers: sent })).toBeLessThan(500);
      }),
    );
  },
  LIMIT_MS,
);

test(
  'bytes that are not HTTP',
  async () => {
    const { hostname, port } = new URL(gateway.url);
    await assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 400 }), header), async bytes => {
        const socket = connectTcp(Number(port), hostname).on('error', () => undefined);
        await once(socket, 'connect');
        socket.resume().end(bytes);
        await once(socket, 'close');
      }),
    );
  },
  LIMIT_MS,
);

test(
  'messages over WebSocket, whatever their order and form',
  async () => {
    const message = fc.oneof(
      fc.record({ type: fc.constant('subscribe'), id: fc.constantFrom('1', '2'), payload }),
      fc.record(
        {
          type: fc.constantFrom(
            'complete',
            'ping',
            'pong',
            'next',
            'error',
            'connection_ack',
            'connection_init',
            'start',
          ),
          id: fc.constantFrom('1', '2', '3'),
          payload: anything,
        },
        { requiredKeys: ['type'] },
      ),
      anything,
      fc.string({ maxLength: 100 }),
    );
    await assert(
      fc.asyncProperty(fc.array(message, { maxLength: 12 }), fc.boolean(), async (messages, introduced) => {
        const client = introduced ? await connect(gateway.url, null) : await openSocket(gateway.url);
        for (const each of messages) {
          if (client.socket.readyState === 1)
            client.send(typeof each === 'string' ? each : (JSON.stringify(each) ?? 'null'));
        }
        client.socket.close();
        await client.closed;
      }),
    );
  },
  LIMIT_MS,
);

test(
  'frames that are not WebSocket frames',
  async () => {
    const { hostname, port } = new URL(gateway.url);
    const upgrade = `GET /graphql HTTP/1.1\r\nhost: ${hostname}:${port}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n`;
    await assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async bytes => {
        const socket = connectTcp(Number(port), hostname).on('error', () => undefined);
        await once(socket, 'connect');
        socket.write(upgrade);
        await once(socket, 'data');
        socket.resume().end(bytes);
        await once(socket, 'close');
      }),
    );
  },
  LIMIT_MS,
);
