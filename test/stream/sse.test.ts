import { createClient } from 'graphql-sse';
import { encodeCursor } from '../../src/events';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { Listener, loggedSeqs, orderBackups, PROVISIONING, seqOf } from '../support/streams';
import { tell } from '../support/tell';
import { until } from '../support/until';

let gateway: TestGateway;
let operationId: string;
let token: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  await orderBackups(gateway, { lines: 2 });
  await gateway.settled();
  const [operation] = await gateway.rows('SELECT id FROM operations LIMIT 1');
  operationId = operation?.id;
  token = await gateway.token('buyer@northwind.example');
});
afterAll(() => gateway.stop());

const url = () => `${gateway.url}/graphql/stream`;

/** Opens a stream by hand; resolves to what has come as soon as `enough` says so. */
async function events(
  enough: (text: string) => boolean,
  headers: Record<string, string> = {},
  body: object = { query: PROVISIONING },
): Promise<string> {
  const abort = new AbortController();
  const response = await fetch(url(), {
    method: 'POST',
    signal: abort.signal,
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...headers,
    },
    body: JSON.stringify(body),
  });
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (enough(text)) break;
  }
  abort.abort();
  return text;
}

const ids = (text: string) => [...text.matchAll(/^id: (.+)$/gm)].map(([, id]) => id ?? '');

test('the graphql-sse client gets the bytes that a WebSocket gets', async () => {
  const client = createClient({
    url: url(),
    headers: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  const got: unknown[] = [];
  const stop = client.subscribe(
    { query: PROVISIONING },
    {
      next: ({ data }) => got.push(data?.provisioningUpdates),
      error: error => {
        throw error;
      },
      complete: () => undefined,
    },
  );
  const socket = await new Listener(gateway.url, token, PROVISIONING).has(1);
  await until(() => got.length === 1);
  await tell(gateway.app, operationId, ['one', 'two', 'three']);
  await socket.has(4);
  await until(() => got.length === 4);
  expect(got.slice(1)).toEqual(socket.messages.slice(1));
  stop();
  client.dispose();
  await socket.stop();
});

test('Last-Event-ID resumes with exactly the missed messages, and overrides the document', async () => {
  const logged = await loggedSeqs(gateway, 0);
  const middle = logged[4] ?? 0;
  const cursor = encodeCursor({ seq: middle }, ['provisioning', null, null]);
  const missed = logged.slice(5);
  const stale = encodeCursor({ seq: 0 }, ['provisioning', null, null]);
  const text = await events(
    so => ids(so).length >= missed.length,
    { 'last-event-id': cursor },
    {
      query: PROVISIONING,
      variables: { after: stale },
    },
  );
  expect(ids(text).map(seqOf)).toEqual(missed);
});

test('a query and an error over SSE end with `complete`, so that the client does not reconnect', async () => {
  const text = await events(() => false, {}, { query: '{ viewer { email } }' });
  expect(text).toMatch(/^:\n\nevent: next\ndata: .*\n\nevent: complete\ndata:\n\n$/);
  const { data, extensions } = JSON.parse(/data: (.*)/.exec(text)?.[1] ?? '');
  expect(data).toEqual({ viewer: { email: 'buyer@northwind.example' } });
  expect(extensions.cost).toMatchObject({ requestedQueryCost: 1, actualQueryCost: 1 });
  const wrong = await events(() => false, {}, { query: PROVISIONING, variables: { after: 'yesterday' } });
  expect(wrong).toMatch(/event: next\ndata: .*"BAD_CURSOR".*\n\nevent: complete\ndata:\n\n$/);
});

test.each([
  [{ authorization: 'Bearer forged' }, 'POST', 401],
  [{ origin: 'https://evil.example' }, 'POST', 403],
  [{ accept: 'application/json' }, 'POST', 406],
  [{}, 'PUT', 405],
])('a request with %j by %s is rejected with %i', async (headers, method, status) => {
  const response = await fetch(url(), {
    method,
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers } as Record<
      string,
      string
    >,
    body: JSON.stringify({ query: PROVISIONING }),
  });
  expect(response.status).toBe(status);
  await response.body?.cancel();
});

test('a GET can query but not mutate', async () => {
  const get = (query: string) =>
    fetch(`${url()}?query=${encodeURIComponent(query)}`, { headers: { accept: 'text/event-stream' } });
  const read = await get('{ categories { slug } }');
  expect(await read.text()).toContain('"impossible-cloud"');
  const changed = await get('mutation { emptyBasket { basket { id } } }');
  expect(changed.status).toBe(405);
});
