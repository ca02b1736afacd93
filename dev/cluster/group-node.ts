import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandLine } from '../local/engine';
import { findMysql } from '../local/find-mysql';
import { nodeOptions } from './group-options';
import { ClusterNode } from './node';
import type { NodePlace } from './place';

/** User for the recovery of a node from the others. */
const COPY_USER = 'skybasket_copy';

/** Timeout for a group that has not expelled the killed node yet. */
const JOIN_MS = 60_000;
const PAUSE_MS = 500;

const STATE = `SELECT MEMBER_STATE AS state FROM performance_schema.replication_group_members
  WHERE MEMBER_ID = @@server_uuid`;

/** Properties shared by the nodes of one group. */
export interface GroupMembership {
  places: readonly NodePlace[];
  copyPassword: string;
}

/** Member of a group of MySQL's Group Replication. */
export class GroupNode extends ClusterNode {
  constructor(
    place: NodePlace,
    private readonly membership: GroupMembership,
  ) {
    // The root account has no password: only the owner of this process can open the folder.
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

  /** Retries: the group rejects a node until it has expelled its killed predecessor. */
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
