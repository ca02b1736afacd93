import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { record } from '../../src/events';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { RawSocket } from '../support/raw-socket';
import { Listener, lastSeq, loggedSeqs, orderBackups, PROVISIONING, seqOf } from '../support/streams';
import { tell } from '../support/tell';
import { until } from '../support/until';

const READERS = 99;
const MESSAGES = 10_000;
const AT_ONCE = 100;
const MEGABYTE = 1024 * 1024;

let gateway: TestGateway;
let operationId: string;
let token: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  await orderBackups(gateway, { lines: 1 });
  await gateway.settled();
  const [operation] = await gateway.rows('SELECT id FROM operations LIMIT 1');
  operationId = operation?.id;
  token = await gateway.token('admin@bss.example');
});
afterAll(() => gateway.stop());

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
const heldBytes = () => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const BRIEF = 'subscription { provisioningUpdates { ... on ProvisioningUpdate { cursor } } }';
/** Some 30 kB a message: the buffers of the operating system are full after a few hundred. */
const FAT = `subscription { provisioningUpdates { __typename ... on StreamReset { cursor reason }
  ... on ProvisioningUpdate { cursor message
    ${Array.from({ length: 30 }, (_, index) => `m${index}: message`).join(' ')} } } }`;
const LONG = 'x'.repeat(990);

async function reader(query: string): Promise<RawSocket> {
  const socket = await new RawSocket(gateway.url).init(token);
  socket.send({ id: '1', type: 'subscribe', payload: { query } });
  await until(() => socket.payloads('1').length === 1);
  return socket;
}

const messagesOf = (socket: RawSocket) => socket.payloads('1').map(({ data }) => data.provisioningUpdates);
const lines = (count: number) => Array.from({ length: count }, () => LONG);

/** What counts messages and keeps nothing, so that the readers are not what fills the memory. */
async function counter() {
  const socket = await reader(BRIEF);
  const seqs: number[] = [];
  socket.socket.removeAllListeners('message');
  socket.socket.on('message', data => {
    const cursor = /"cursor":"([^"]+)"/.exec(String(data))?.[1];
    if (cursor) seqs.push(seqOf(cursor));
  });
  return { seqs, socket };
}

test('a slow consumer among a hundred readers delays no other, and loses nothing', async () => {
  const counters = await Promise.all(Array.from({ length: READERS }, counter));
  const stalled = await reader(FAT);
  const resume = stalled.stall();
  const from = await lastSeq(gateway);
  let before = 0;
  for (let sent = AT_ONCE; sent <= MESSAGES; sent += AT_ONCE) {
    await tell(gateway.app, operationId, lines(AT_ONCE));
    await until(() => counters.every(({ seqs }) => seqs.length === sent), { withinMs: 100_000 });
    if (sent === MESSAGES / 5) before = heldBytes();
  }
  // What passes from here on is 240 MB of the stalled one's own messages; the log in memory grows to its bound.
  expect(heldBytes() - before).toBeLessThan(40 * MEGABYTE);
  const logged = await loggedSeqs(gateway, from);
  expect(logged).toHaveLength(MESSAGES);
  for (const { seqs } of counters) expect(seqs).toEqual(logged);

  resume();
  await until(() => stalled.closed !== undefined || messagesOf(stalled).some(({ reason }) => reason), {
    withinMs: 100_000,
  });
  const read = messagesOf(stalled).filter(({ __typename }) => __typename === 'ProvisioningUpdate');
  const taken = read.map(({ cursor }) => seqOf(cursor));
  expect(taken).toEqual(logged.slice(0, taken.length));
  const missed = logged.slice(taken.length);
  const back = new Listener(gateway.url, token, PROVISIONING, { after: read.at(-1)?.cursor });
  await back.has(missed.length, { withinMs: 100_000 });
  expect(back.seqs).toEqual(missed);
  await back.stop();
  for (const { socket } of counters) socket.socket.terminate();
  stalled.socket.terminate();
}, 120_000);

test('a slow consumer that resumes too late gets a reset and a snapshot on the same socket', async () => {
  const stalled = await reader(FAT);
  const resume = stalled.stall();
  const from = await lastSeq(gateway);
  await tell(gateway.app, operationId, lines(400));
  // Others' events: the reader falls behind without anything being executed for it.
  await gateway.app.deps.db.transaction(async tx => {
    for (let index = 0; index < 5000; index += 1) record(tx, { type: 'order.placed', message: 'Another.' });
  });
  await until(() => gateway.app.deps.events.head === from + 5400);
  resume();
  await until(() => messagesOf(stalled).some(({ __typename }) => __typename === 'StreamReset'));
  await tell(gateway.app, operationId, ['and on']);
  await until(() => messagesOf(stalled).at(-1)?.message === 'and on');
  const kinds = messagesOf(stalled).map(({ __typename }) => __typename);
  const reset = kinds.indexOf('StreamReset');
  expect(kinds.slice(reset)).toEqual(['StreamReset', 'ProvisioningSnapshot', 'ProvisioningUpdate']);
  expect(messagesOf(stalled)[reset]?.reason).toBe('TOO_SLOW');
  stalled.socket.terminate();
}, 60_000);
