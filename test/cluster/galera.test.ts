import { galera } from '../../dev/cluster/galera';
import { desk, license } from '../support/desk';
import { elapse } from '../support/until';
import { atOnce } from './support/at-once';
import { expectComplete, outcome } from './support/checks';
import { costOf } from './support/cost';
import { type Lab, report, startLab } from './support/lab';
import { makeNetworks, type Networks, partitionTest } from './support/networks';
import { expectEachOnce, expectOneSubscription, giveOwnNodes } from './support/own-nodes';
import { partWriter } from './support/partition';
import { underLoad } from './support/under-load';

const partition = partitionTest();
let networks: Networks | undefined;
let lab: Lab;
beforeAll(async () => {
  networks = makeNetworks();
  lab = await startLab(galera, networks?.nodes);
});
afterAll(async () => {
  await lab?.stop();
  networks?.remove();
});

const SYNCED = `SELECT SUM(VARIABLE_VALUE * (VARIABLE_NAME = 'WSREP_CLUSTER_SIZE')) AS n FROM information_schema.GLOBAL_STATUS
  WHERE VARIABLE_NAME = 'WSREP_CLUSTER_SIZE' OR (VARIABLE_NAME = 'WSREP_LOCAL_STATE' AND VARIABLE_VALUE = 4)
  HAVING COUNT(*) = 2`;

test('a killed gateway and a killed database node lose nothing, double nothing, and come back', async () => {
  const { gateways, database } = lab.cluster;
  const [, victim] = gateways;
  const [writer, second] = database.nodes;
  if (!victim || !writer) throw new Error('The cluster is too small.');
  const { interruptions } = await underLoad(lab, 'Steady', async load => {
    await victim.kill();
    await load.sells(30);
    report(`a gateway killed: ${load.outage()}`);
    await writer.kill();
    await load.sells(30);
    report(`the writing node killed as well: ${load.outage()}`);
    await Promise.all([victim.start(), writer.start()]);
    await load.sells(30);
    // The node that took over keeps the writes: two writers at once, and what one reads the other may not have yet.
    expect(await lab.writers(10)).toEqual([second]);
  });
  expect(interruptions).toBeGreaterThan(0);
});

partition('a writer that is cut from the others loses nothing, doubles nothing, and comes back', async () => {
  if (networks) await partWriter(lab, networks, () => lab.whole(SYNCED));
});

test('a commit at one gateway reaches the streams of another without delay', async () => {
  const [first, ...others] = lab.cluster.gateways;
  const readers = await Promise.all(others.map(({ url }) => lab.reader(url)));
  const manager = desk(lab.asManager(first?.url));
  const customers = await lab.customers('Lag', 100);
  for (const { id } of customers) {
    await manager.order(id, license('Backups'));
    await elapse(Math.random() * 200, "the pauses of the others' pollers have all lengths");
  }
  await lab.settled();
  await expectComplete(lab, readers);
  const lags = readers.flatMap(reader => reader.lags).sort((a, b) => a - b);
  expect(lags).toHaveLength(customers.length * readers.length);
  const at = (share: number) => lags[Math.ceil(lags.length * share) - 1];
  report(
    `from an order's execution on one gateway to a reader on another, COMMIT included: ` +
      `median ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${lags.at(-1)} ms`,
  );
});

test('orders a second with one, two and three gateways on the same database', async () => {
  const { gateways } = lab.cluster;
  const [orders, rounds] = [40, [1, 2, 3, 3, 2, 1]];
  const took = new Map<number, number>();
  for (const [round, count] of rounds.entries()) {
    for (const [index, gateway] of gateways.entries()) {
      if (index >= count) await gateway.stop();
      else if (gateway.pid === undefined) await gateway.start();
    }
    const customers = await lab.customers(`Throughput ${round}`, orders);
    const began = performance.now();
    const cost = await costOf(lab, orders, async () => {
      await atOnce(12, customers, async ({ id }, nth) => {
        await desk(lab.asManager(gateways[nth % count]?.url)).order(id, license('Backups'));
      });
      await lab.settled();
    });
    if (round === 2) report(`with three gateways: ${cost}`);
    took.set(count, (took.get(count) ?? 0) + performance.now() - began);
  }
  const rate = (count: number) => (2 * orders * 1000) / (took.get(count) ?? Number.NaN);
  const shown = [1, 2, 3].map(
    count => `${count}: ${rate(count).toFixed(0)}/s (${(rate(count) / rate(1)).toFixed(2)})`,
  );
  report(`orders placed, executed and provisioned by gateways on one machine: ${shown.join(', ')}`);
  expect(await outcome(lab, 'throughput-')).toEqual([
    { state: 'COMPLETED', subscription: 'ACTIVE', syncState: 'SYNCED', n: rounds.length * orders },
  ]);
});

describe('three gateways, each on a database node of its own', () => {
  beforeAll(() => giveOwnNodes(lab));

  test('one customer that checks out on all of them at once has one subscription', () =>
    expectOneSubscription(lab));

  test('no event is skipped, no operation is run twice, and an order ends whose lines end on different nodes', () =>
    expectEachOnce(lab));
});
