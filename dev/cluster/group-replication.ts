import { randomBytes } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mysql } from '../local/mysql';
import { GroupNode } from './group-node';
import type { ClusterKind } from './kind';
import { makeSystemTables } from './system-tables';

/** MySQL with Group Replication, with one primary. */
export const groupReplication: ClusterKind = {
  title: 'MySQL with Group Replication',
  proxySettings: { GROUP_REPLICATION: '1' },
  checkGrants: ['GRANT SELECT ON performance_schema.replication_group_members'],
  async makeNodes(_home, places) {
    const [founder, ...others] = places;
    if (!founder) return [];
    await makeSystemTables(founder, mysql.find().install);
    // A server without an identity generates one.
    rmSync(join(founder.dataDir, 'auto.cnf'));
    for (const { dataDir } of others) cpSync(founder.dataDir, dataDir, { recursive: true });
    const membership = { places, copyPassword: randomBytes(12).toString('hex') };
    return places.map(place => new GroupNode(place, membership));
  },
};
