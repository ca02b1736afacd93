import type { App } from '../../src/app';
import { startOn, startTestGateway, type TestGateway } from '../support/gateway';
import { orderAtRandom } from '../support/random-orders';
import { startSample } from '../support/sample';
import {
  Listener,
  lastSeq,
  loggedSeqs,
  numbered,
  orderBackups,
  PROVISIONING,
  seqOf,
} from '../support/streams';
import { tell } from '../support/tell';
import { until } from '../support/until';

const OPERATION = `id state progress finishedAt
  steps { name state attempts error { code } }
  subscription { state syncState capacityBytes }`;
const WATCHED = `subscription ($after: StreamCursor) { provisioningUpdates(after: $after) { __typename
  ... on ProvisioningSnapshot { cursor } ... on ProvisioningUpdate { cursor operation { ${OPERATION} } } } }`;

const QUERIED = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ProvisioningOperation { ${OPERATION} } } }`;
const ORDERS = startSample('sequence of the stream').times(50);
const LINES = 20;

const BRIEF = `subscription ($after: StreamCursor) { provisioningUpdates(after: $after) { __typename
  ... on ProvisioningSnapshot { cursor } ... on StreamReset { cursor reason }
  ... on ProvisioningUpdate { cursor message operation { id state } } } }`;

let gateway: TestGateway;
let other: App;
beforeAll(async () => {
  gateway = await startTestGateway({}, { databasePool: 16 });
  other = await startOn({ ...gateway.settings, migrate: false });
});
afterAll(async () => {
  await other.stop();
  await gateway.stop();
});

/** Reads with a cursor, now here and now there, cutting its own line again and again. */
async function restlessReader(urls: readonly string[], token: string, isOver: (seq: number) => boolean) {
  const seqs: number[] = [];
  let after: string | undefined;
  let start = 0;
  let connections = 0;
  while (!isOver(seqs.at(-1) ?? start)) {
    const url = urls[Math.floor(Math.random() * urls.length)] ?? '';
    const listener = new Listener(url, token, BRIEF, { after });
    connections += 1;
    const enough = 1 + Math.floor(Math.random() * 20 * ORDERS);
    // What was read before the last cut may have been the end.
    const lastRead = () => listener.seqs.at(-1) ?? seqs.at(-1) ?? start;
    await until(() => listener.messages.length >= enough || isOver(lastRead()), { withinMs: 400_000 });
    await listener.stop(Math.random() < 0.5);
    expect(listener.errors).toEqual([]);
    const first = listener.messages[0];
    if (!after && first) start = seqOf(first.cursor);
    seqs.push(...listener.seqs);
    after = listener.cursor ?? after;
  }
  return { seqs, start, connections };
}

describe('hundreds of random lines, provisioned by two processes', () => {
  let readers: Awaited<ReturnType<typeof restlessReader>>[];
  let watchers: Listener[];
  let ids: string[];
  beforeAll(async () => {
    const admin = await gateway.token('admin@bss.example');
    const manager = await gateway.token('manager@bss.example');
    const urls = [gateway.url, other.url];
    let end = Number.POSITIVE_INFINITY;
    const reading = [admin, admin, manager, admin, manager, admin].map(token =>
      restlessReader(urls, token, seq => seq >= end),
    );
    watchers = urls.map(url => new Listener(url, admin, WATCHED));
    for (const watcher of watchers) await watcher.has(1);
    for (let placed = 0; placed < ORDERS; placed += 1) await orderAtRandom(gateway, LINES);
    await gateway.settled({ withinMs: 300_000 });
    end = (await loggedSeqs(gateway, 0)).at(-1) ?? 0;
    readers = await Promise.all(reading);
    ids = (await gateway.rows('SELECT id FROM operations')).map(({ id }) => id);
    expect(ids).toHaveLength(ORDERS * LINES);
  }, 480_000);

  test('readers that reconnect between the two all read exactly the sequence of the log', async () => {
    for (const { seqs, start, connections } of readers) {
      expect(connections).toBeGreaterThan(1);
      expect(seqs).toEqual(await loggedSeqs(gateway, start));
    }
  });

  test('the last message about each operation equals a later query', async () => {
    const admin = await gateway.token('admin@bss.example');
    const logged = await loggedSeqs(gateway, 0);
    const queried = new Map<string, { state: string }>();
    for (let from = 0; from < ids.length; from += 100) {
      const { data } = await gateway.send(admin, QUERIED, { ids: ids.slice(from, from + 100) });
      for (const node of data.nodes) queried.set(node.id, node);
    }
    const states = new Set([...queried.values()].map(({ state }) => state));
    expect(states).toEqual(new Set(['SUCCEEDED', 'FAILED']));
    for (const watcher of watchers) {
      await until(() => watcher.seqs.length === logged.length);
      const last = new Map(watcher.messages.slice(1).map(({ operation }) => [operation.id, operation]));
      expect(last).toEqual(queried);
      await watcher.stop();
    }
  });
});

test('events of a late commit are not skipped', async () => {
  const token = await gateway.token('admin@bss.example');
  const orderId = await orderBackups(gateway, { lines: 1 });
  await gateway.settled();
  const [operation] = await gateway.rows('SELECT * FROM operations WHERE orderId = ?', [orderId]);
  const write = (app: App, message: string, before?: () => Promise<void>) =>
    tell(app, operation?.id, [message], before);
  await numbered(gateway);
  const from = await lastSeq(gateway);
  const listeners = [gateway, other].map(({ url }) => new Listener(url, token, PROVISIONING, { orderId }));
  for (const listener of listeners) await listener.has(1);

  let release = () => {};
  const held = new Promise<void>(resolve => {
    release = resolve;
  });
  let begun = 0;
  const hold = () => {
    begun += 1;
    return held;
  };
  const late = [write(gateway.app, 'late 1', hold), write(other, 'late 2', hold)];
  await until(() => begun === late.length);
  for (let index = 0; index < 50; index += 1) {
    await write(index % 2 ? gateway.app : other, `prompt ${index}`);
  }
  for (const listener of listeners) await listener.has(51);
  release();
  await Promise.all(late);
  for (const listener of listeners) await listener.has(53);

  const logged = await gateway.rows('SELECT id, seq, message FROM events WHERE seq > ? ORDER BY seq', [from]);
  const lateIds = logged.filter(({ message }) => message.startsWith('late')).map(({ id }) => id);
  expect(lateIds.every(id => id < logged[0]?.id + 2)).toBe(true);
  expect(logged.map(({ seq }) => seq)).toEqual(Array.from({ length: 52 }, (_, index) => from + 1 + index));
  for (const listener of listeners) {
    expect(listener.messages.slice(1).map(({ message }) => message)).toEqual(
      logged.map(({ message }) => message),
    );
    await listener.stop();
  }
});
