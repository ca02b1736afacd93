import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandLine } from '../local/engine';
import { findMysql } from '../local/find-mysql';
import { nodeOptions } from './group-options';
import { ClusterNode } from './node';
import type { NodePlace } from './place';

/** User by which a node copies from the others what it has missed. */
const COPY_USER = 'skybasket_copy';

/** Longest wait for a group that still counts on the node that was killed. */
const JOIN_MS = 60_000;
const PAUSE_MS = 500;

const STATE = `SELECT MEMBER_STATE AS state FROM performance_schema.replication_group_members
  WHERE MEMBER_ID = @@server_uuid`;

/** Facts that the nodes of one group share. */
export interface GroupMembership {
  places: readonly NodePlace[];
  copyPassword: string;
}

/** One member of a group of MySQL's Group Replication. */
export class GroupNode extends ClusterNode {
  constructor(
    place: NodePlace,
    private readonly membership: GroupMembership,
  ) {
    // Only the owner of this process can open its folder.
    super(place, 'root');
  }

  protected override async command(): Promise<CommandLine> {
    const { command, options } = findMysql();
    return [...command, ...nodeOptions(options, this.place, this.membership.places)];
  }

  override async join(found = false): Promise<void> {
    const { copyPassword: password } = this.membership;
    const start = `START GROUP_REPLICATION USER = '${COPY_USER}', PASSWORD = '${password}'`;
    if (!found) return this.insist(start);
    await this.query('SET GLOBAL group_replication_bootstrap_group = ON', start);
    await this.query(
      'SET GLOBAL group_replication_bootstrap_group = OFF',
      `CREATE USER '${COPY_USER}'@'%' IDENTIFIED BY '${password}'`,
      `GRANT REPLICATION SLAVE ON *.* TO '${COPY_USER}'@'%'`,
    );
  }

  protected override async hasCaughtUp(): Promise<boolean> {
    const [row] = await this.query(STATE);
    return row?.state === 'ONLINE';
  }

  /** The group refuses a node until it has expelled the one that was killed. */
  private async insist(start: string): Promise<void> {
    for (const began = performance.now(); ; await sleep(PAUSE_MS)) {
      try {
        await this.query(start);
        return;
      } catch (error) {
        if (performance.now() - began > JOIN_MS) throw error;
      }
    }
  }
}
