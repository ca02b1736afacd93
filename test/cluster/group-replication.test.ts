import { groupReplication } from '../../src/cluster/group-replication';
import type { ClusterNode } from '../../src/cluster/node';
import { until } from '../support/until';
import { type Lab, report, startLab } from './support/lab';
import { makeNetworks, type Networks, networksRefused } from './support/networks';
import { expectEachOnce, expectOneSubscription, giveOwnNodes } from './support/own-nodes';
import { outage, underLoad } from './support/under-load';

const refused = networksRefused();
if (refused) report(`${refused}. The nodes share the loopback interface, and no partition is tested.`);

let networks: Networks | undefined;
let lab: Lab;
beforeAll(async () => {
  networks = refused ? undefined : makeNetworks();
  lab = await startLab(groupReplication, networks?.nodes);
});
afterAll(async () => {
  await lab?.stop();
  networks?.remove();
});

/** The node that takes the writes now. */
async function primary(): Promise<ClusterNode> {
  const [writer, ...others] = await lab.writers(5);
  if (!writer || others.length > 0) throw new Error('There has to be one writer.');
  return writer;
}

const STATES = `SELECT MEMBER_STATE AS state, COUNT(*) AS n FROM performance_schema.replication_group_members
  GROUP BY MEMBER_STATE`;

/** Resolves to the seconds until every node sees three members that have caught up. */
async function whole(): Promise<string> {
  const began = performance.now();
  const { nodes } = lab.cluster.database;
  const seen = () => Promise.all(nodes.map(node => node.query(STATES).catch(String)));
  const expected = JSON.stringify(nodes.map(() => [{ state: 'ONLINE', n: 3 }]));
  await until(async () => JSON.stringify(await seen()) === expected, { open: seen, withinMs: 100_000 });
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}

test('a killed primary loses nothing, doubles nothing, and comes back', async () => {
  await underLoad(lab, 'Killed', async load => {
    const killed = await primary();
    await killed.kill();
    await load.sells(40);
    report(`the primary killed: ${outage(load)}`);
    await killed.start();
    report(`the killed node is in the group again after ${await whole()}`);
    await load.sells(40);
    report(`and after its return: ${outage(load)}`);
    expect(await primary()).not.toBe(killed);
  });
});

const partition = refused ? test.skip : test;

partition(
  'a primary that is cut from the others loses nothing, doubles nothing, and comes back',
  async () => {
    await underLoad(lab, 'Parted', async load => {
      const alone = await primary();
      const cable = networks?.group[lab.cluster.database.nodes.indexOf(alone)];
      cable?.cut();
      // Clients still reach it. It must not commit what the majority does not know of.
      const write = alone
        .query(`INSERT INTO skybasket.chores (name, dueAt, token) VALUES ('alone', NOW(3), 0)`)
        .then(
          () => 'committed',
          ({ errno }: { errno: number }) => `error ${errno}`,
        );
      await load.sells(40);
      report(`the primary cut from the others: ${outage(load)}`);
      expect(await primary()).not.toBe(alone);
      cable?.heal();
      report(`the node that was alone is in the group again after ${await whole()}`);
      const answer = await write;
      report(`a write on the node that was alone: ${answer}`);
      expect(answer).not.toBe('committed');
      for (const node of lab.cluster.database.nodes) {
        expect(await node.query(`SELECT name FROM skybasket.chores WHERE name = 'alone'`)).toEqual([]);
      }
      await load.sells(40);
      report(`and after its return: ${outage(load)}`);
    });
  },
);

describe('several primaries and three gateways, each on a node of its own', () => {
  beforeAll(async () => {
    await (await primary()).query('SELECT group_replication_switch_to_multi_primary_mode()');
    await giveOwnNodes(lab);
  });

  test('one customer that checks out on all of them at once has one subscription', () =>
    expectOneSubscription(lab));

  test('no event is skipped, no operation is run twice, and an order ends whose lines end on different nodes', () =>
    expectEachOnce(lab));
});
