import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../src/app';
import { startOn, startTestGateway, type TestGateway } from '../support/gateway';
import {
  Listener,
  lastSeq,
  loggedSeqs,
  numbered,
  orderBackups,
  PROVISIONING,
  seqOf,
  until,
} from '../support/streams';
import { tell } from '../support/tell';

const BRIEF = `subscription ($after: StreamCursor) { provisioningUpdates(after: $after) { __typename
  ... on ProvisioningSnapshot { cursor } ... on StreamReset { cursor reason }
  ... on ProvisioningUpdate { cursor message operation { id state } } } }`;

let gateway: TestGateway;
let other: App;
beforeAll(async () => {
  gateway = await startTestGateway({}, { databasePool: 16 });
  other = await startOn({ ...gateway.settings, migrate: false, demoData: false });
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
    const enough = 1 + Math.floor(Math.random() * 1000);
    await until(() => listener.messages.length >= enough || isOver(listener.seqs.at(-1) ?? 0));
    await listener.stop(Math.random() < 0.5);
    expect(listener.errors).toEqual([]);
    const first = listener.messages[0];
    if (!after && first) start = seqOf(first.cursor);
    seqs.push(...listener.seqs);
    after = listener.cursor ?? after;
  }
  return { seqs, start, connections };
}

test('readers that come and go between two processes all end with exactly the sequence of the log', async () => {
  const admin = await gateway.token('admin@bss.example');
  const manager = await gateway.token('manager@bss.example');
  const urls = [gateway.url, other.url];
  let end = Number.POSITIVE_INFINITY;
  const isOver = (seq: number) => seq >= end;
  const readers = [admin, admin, manager, admin, manager, admin].map(token =>
    restlessReader(urls, token, isOver),
  );
  for (let order = 0; order < 20; order += 1) await orderBackups(gateway, { lines: 50 });
  await gateway.settled();
  end = (await loggedSeqs(gateway, 0)).at(-1) ?? 0;

  const [count] = await gateway.rows(`SELECT COUNT(*) AS n FROM operations WHERE state = 'SUCCEEDED'`);
  expect(count).toEqual({ n: 1000 });
  for (const { seqs, start, connections } of await Promise.all(readers)) {
    expect(connections).toBeGreaterThan(1);
    expect(seqs).toEqual(await loggedSeqs(gateway, start));
  }
}, 240_000);

test('what a transaction that commits late has written is not skipped, whatever commits around it', async () => {
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
  const late = [write(gateway.app, 'late 1', () => held), write(other, 'late 2', () => held)];
  await sleep(50);
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
