import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { installMariadb } from '../local/mariadb-install';
import { GaleraNode } from './galera-node';
import type { ClusterKind } from './kind';
import { findGalera } from './programs';
import { makeSystemTables } from './system-tables';
import { makeTransferFolder } from './transfer-folder';

/** MariaDB with Galera. */
export const galera: ClusterKind = {
  title: 'MariaDB with Galera',
  proxySettings: {},
  checkGrants: [],
  async makeNodes(home, places) {
    const programs = findGalera();
    const [founder, ...others] = places;
    if (!founder) return [];
    // Only the founder creates system tables. The others receive a copy.
    await makeSystemTables(founder, (own, folder, log) =>
      installMariadb(programs, own, folder, log, userInfo().username),
    );
    for (const { dataDir } of others) mkdirSync(dataDir, { mode: 0o700 });
    const membership = { programs, places, env: makeTransferFolder(home, programs) };
    return places.map(place => new GaleraNode(place, membership));
  },
};
