import type { ClusterNode } from '../../../dev/cluster/node';
import { type Lab, report } from './lab';
import type { Networks } from './networks';
import { underLoad } from './under-load';

/** The node that takes the writes now. Throws unless there is one. */
export async function writerOf(lab: Lab): Promise<ClusterNode> {
  const [writer, ...others] = await lab.writers(5);
  if (!writer || others.length > 0) throw new Error('There has to be one writer.');
  return writer;
}

/**
 * Cuts the node that takes the writes from the other two, under load, and heals the cut. Clients and the proxy reach it all the
 * while. `returned` resolves when it is part of the cluster again, to the time that it took.
 */
export async function partWriter(
  lab: Lab,
  { group }: Networks,
  returned: () => Promise<string>,
): Promise<void> {
  const { nodes } = lab.cluster.database;
  await underLoad(lab, 'Parted', async load => {
    const alone = await writerOf(lab);
    const cable = group[nodes.indexOf(alone)];
    cable?.cut();
    // It must not commit what the majority does not know of.
    const write = alone
      .query(`INSERT INTO skybasket.chores (name, dueAt, token) VALUES ('alone', NOW(3), 0)`)
      .then(
        () => 'committed',
        ({ errno }: { errno: number }) => `error ${errno}`,
      );
    await load.sells(30);
    report(`the writer cut from the others: ${load.outage()}`);
    expect(await writerOf(lab)).not.toBe(alone);
    cable?.heal();
    report(`the node that was alone is back after ${await returned()}`);
    const answer = await write;
    report(`a write on the node that was alone: ${answer}`);
    expect(answer).not.toBe('committed');
    for (const node of nodes) {
      expect(await node.query(`SELECT name FROM skybasket.chores WHERE name = 'alone'`)).toEqual([]);
    }
    await load.sells(30);
    report(`and after its return: ${load.outage()}`);
  });
}
