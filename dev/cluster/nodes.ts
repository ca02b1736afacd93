import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { makeDataFolder } from '../local/data-folder';
import type { Log } from '../local/log';
import { installMariadb } from '../local/mariadb-install';
import { databaseUrl } from '../local/server-account';
import { openServerLog } from '../local/server-log';
import type { NodePlace } from './galera-options';
import { ClusterNode, type Membership } from './node';
import { nodePorts } from './ports';
import type { Programs } from './programs';
import { makeTransferFolder } from './transfer-folder';

const NODES = ['database-1', 'database-2', 'database-3'];

/** Who asks the nodes how they are: docs/scaling.md. It may see nothing and needs no password. */
const CHECK_USER = 'skybasket_check';

/** Three nodes that are one database. */
export interface DatabaseCluster {
  nodes: ClusterNode[];
  /** The database as one node serves it; each has the same account. */
  urlOf(node: ClusterNode): string;
  /** The same at another address. */
  urlAt(port: number): string;
  stop(): Promise<void>;
}

/** Makes a database cluster in `home`, which is empty, and waits until all three nodes have the same. */
export async function startNodes(
  programs: Programs,
  home: string,
  password: string,
  log: Log,
): Promise<DatabaseCluster> {
  const places: NodePlace[] = [];
  for (const name of NODES) {
    const own = join(home, name);
    mkdirSync(own);
    places.push({
      name,
      dataDir: join(own, 'mariadb'),
      socketPath: join(own, 'socket'),
      ...(await nodePorts()),
    });
  }
  const membership: Membership = { programs, home, places, env: makeTransferFolder(home, programs) };
  await makeSystemTables(programs, join(home, NODES[0] as string));
  const nodes = places.map(place => new ClusterNode(place, membership));
  const stop = async () => {
    // The founder last: the one that has everything.
    for (const node of [...nodes].reverse()) await node.stop();
  };
  try {
    for (const [index, node] of nodes.entries()) {
      log(index === 0 ? `${node.place.name} founds the cluster …` : `${node.place.name} joins …`);
      await node.start({ found: index === 0 });
      if (index === 0) await makeAccounts(node, password);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    nodes,
    urlOf: node => databaseUrl(password, node.place.port),
    urlAt: port => databaseUrl(password, port),
    stop,
  };
}

/** Only the founder has any of its own: the others get a copy. */
async function makeSystemTables(programs: Programs, own: string): Promise<void> {
  const log = openServerLog(join(own, 'install.log'));
  try {
    const admin = userInfo().username;
    await makeDataFolder(own, 'mariadb', draft => installMariadb(programs, own, draft, log, admin));
  } finally {
    log.close();
  }
}

async function makeAccounts(founder: ClusterNode, password: string): Promise<void> {
  const { username: name } = new URL(databaseUrl(password, 1));
  for (const statement of [
    `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
    `CREATE USER '${CHECK_USER}'@'%'`,
    `CREATE USER '${name}'@'%' IDENTIFIED BY '${password}'`,
    `GRANT ALL PRIVILEGES ON ${name}.* TO '${name}'@'%'`,
  ]) {
    await founder.query(statement);
  }
}
