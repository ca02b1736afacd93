import { groupReplication } from '../../dev/cluster/group-replication';
import { type Lab, report, startLab } from './support/lab';
import { makeNetworks, type Networks, partitionTest } from './support/networks';
import { expectEachOnce, expectOneSubscription, giveOwnNodes } from './support/own-nodes';
import { partWriter, writerOf } from './support/partition';
import { underLoad } from './support/under-load';

const partition = partitionTest();
let networks: Networks | undefined;
let lab: Lab;
beforeAll(async () => {
  networks = makeNetworks();
  lab = await startLab(groupReplication, networks?.nodes);
});
afterAll(async () => {
  await lab?.stop();
  networks?.remove();
});

const ONLINE = `SELECT COUNT(*) AS n FROM performance_schema.replication_group_members WHERE MEMBER_STATE = 'ONLINE'`;

test('a killed primary loses nothing, doubles nothing, and comes back', async () => {
  await underLoad(lab, 'Killed', async load => {
    const killed = await writerOf(lab);
    await killed.kill();
    await load.sells(30);
    report(`the primary killed: ${load.outage()}`);
    const back = lab.whole(ONLINE);
    await killed.start();
    report(`the killed node is in the group again after ${await back}`);
    await load.sells(30);
    report(`and after its return: ${load.outage()}`);
    expect(await writerOf(lab)).not.toBe(killed);
  });
});

partition(
  'a primary that is cut from the others loses nothing, doubles nothing, and comes back',
  async () => {
    if (networks) await partWriter(lab, networks, () => lab.whole(ONLINE));
  },
);

describe('several primaries and three gateways, each on a node of its own', () => {
  beforeAll(async () => {
    await (await writerOf(lab)).query('SELECT group_replication_switch_to_multi_primary_mode()');
    await giveOwnNodes(lab);
  });

  test('one customer that checks out on all of them at once has one subscription', () =>
    expectOneSubscription(lab));

  test('no event is skipped, no operation is run twice, and an order ends whose lines end on different nodes', () =>
    expectEachOnce(lab));

  describe('with group_replication_consistency = BEFORE', () => {
    beforeAll(async () => {
      for (const node of lab.cluster.database.nodes) {
        await node.query(`SET GLOBAL group_replication_consistency = 'BEFORE'`);
      }
      await giveOwnNodes(lab);
    });

    test('a killed node loses nothing, doubles nothing, and no read on another gateway goes back', async () => {
      const [killed] = lab.cluster.database.nodes;
      await underLoad(lab, 'Several', async load => {
        await killed?.kill();
        await load.sells(30);
        report(`one of several primaries killed: ${load.outage()}`);
        const back = lab.whole(ONLINE);
        await killed?.start();
        report(`the killed node is in the group again after ${await back}`);
        await load.sells(30);
        report(`and after its return: ${load.outage()}`);
      });
    });
  });
});
