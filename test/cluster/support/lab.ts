import { MANAGER } from '../../support/demo';
import 'reflect-metadata';
import { type Cluster, startCluster } from '../../../dev/cluster/cluster';
import type { ClusterKind } from '../../../dev/cluster/kind';
import type { ClusterNode } from '../../../dev/cluster/node';
import type { NodeNetwork } from '../../../dev/cluster/place';
import { userId } from '../../../dev/demo-data';
import { startSimulator } from '../../../dev/simulator/start';
import { createDataSource, Database, detectDialect } from '../../../src/database';
import { beginSession } from '../../../src/services/identity/sessions';
import { createTokens } from '../../../src/services/identity/tokens';
import { newAccount } from '../../support/desk';
import { CREDENTIALS } from '../../support/gateway';
import { type Answer, insist } from '../../support/insist';
import { run } from '../../support/private-server';
import { simulatorAt } from '../../support/provider/simulator';
import { type Reader, startReader } from '../../support/reader';
import type { Rows } from '../../support/rows';
import { settled, until } from '../../support/until';

const AUTH_SECRET = 'a secret of the tests that is long enough';

/** What stays in the output of a run. */
export const report = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** A cluster with a provider, and what tests ask of them. */
export interface Lab {
  cluster: Cluster;
  provider: ReturnType<typeof simulatorAt>;
  /** Plain rows, of whichever node is the writer; a SELECT waits while there is none. */
  rows: Rows;
  /** A token that every gateway takes. */
  token(user: string): Promise<string>;
  /** Sends as the account manager, to the proxy or to one gateway, until it is answered; `note` gets every answer. */
  asManager(
    url?: string,
    note?: (answer: Answer) => void,
  ): (query: string, variables: object) => Promise<Record<string, any>>;
  /** Starts a reader of everything; the lab stops it at its end, if it still reads. */
  reader(url?: string): Promise<Reader>;
  /** So many customers that nobody has sold anything to. */
  customers(name: string, count: number): Promise<{ id: string; email: string }[]>;
  /** The nodes that so many new connections through the proxy lead to. */
  writers(connections: number): Promise<ClusterNode[]>;
  /** Resolves when every node counts three nodes by `count`, a statement that answers `n`; to the time that it took. */
  whole(count: string): Promise<string>;
  /** Resolves when every node has what was committed on any. */
  everywhere(): Promise<void>;
  /** Resolves when no operation is due, running or to be retried, and every event has its number. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts all of it, with the database nodes in `networks` or on the loopback interface. */
export async function startLab(kind: ClusterKind, networks?: readonly NodeNetwork[]): Promise<Lab> {
  const simulator = await startSimulator(CREDENTIALS);
  const cluster = await startCluster({
    log: report,
    kind,
    networks,
    settings: {
      PROVIDER_URL: simulator.url,
      PROVIDER_APPLICATION_ID: CREDENTIALS.applicationId,
      PROVIDER_API_KEY: CREDENTIALS.apiKey,
      BROKER_URL: simulator.brokerUrl,
      BROKER_USERNAME: CREDENTIALS.applicationId,
      BROKER_PASSWORD: CREDENTIALS.apiKey,
      PROVIDER_TIMEOUT_MS: '2000',
      LEASE_MS: '4000',
      AUTH_SECRET,
      // One client stands for many here.
      COST_BUCKET: '0',
      LOG_LEVEL: 'warn',
    },
  });
  const dialect = await detectDialect(cluster.databaseUrl);
  const source = createDataSource(cluster.databaseUrl, dialect, 4);
  await source.initialize();
  const db = Database.over(source).metered();
  const rows: Rows = (sql, values = []) => db.rows(sql, values as never) as never;
  const tokens = createTokens(AUTH_SECRET);
  const token = async (user: string) => {
    const { sessionId } = await db.transaction(tx => beginSession(tx, { id: user, sessionVersion: 0 }));
    return (await tokens.issue({ userId: user, sessionId, sessionVersion: 0 })).token;
  };
  const [manager, admin] = [await token(userId(MANAGER)), await token(userId('admin@bss.example'))];
  const readers: Reader[] = [];
  return {
    cluster,
    provider: simulatorAt(simulator.url),
    rows,
    token,
    asManager:
      (url = cluster.url, note = () => undefined) =>
      (query, variables) =>
        insist(url, manager, query, variables, note),
    async reader(url = cluster.url) {
      const reader = await startReader(url, admin);
      readers.push(reader);
      return reader;
    },
    async customers(name, count) {
      const made = [];
      for (let nth = 0; nth < count; nth += 1) made.push(await newAccount(rows, `${name} ${nth}`));
      return made;
    },
    async writers(connections) {
      const ports = new Set<number>();
      for (let nth = 0; nth < connections; nth += 1) {
        const [row] = await run(cluster.databaseUrl, 'SELECT @@port AS port');
        ports.add(row?.port);
      }
      return cluster.database.nodes.filter(({ place }) => ports.has(place.port));
    },
    async whole(count) {
      const began = performance.now();
      const { nodes } = cluster.database;
      const counted = () =>
        Promise.all(nodes.map(async node => Number((await node.query(count).catch(() => []))[0]?.n)));
      const isWhole = async () => (await counted()).every(n => n === nodes.length);
      await until(isWhole, { what: count, open: counted, withinMs: 100_000 });
      return `${((performance.now() - began) / 1000).toFixed(1)} s`;
    },
    async everywhere() {
      for (const node of cluster.database.nodes) await node.query(...dialect.syncStatements);
    },
    async settled() {
      await settled(rows, { withinMs: 120_000, everyMs: 50 });
      const unnumbered = () => rows('SELECT id, type FROM events WHERE seq IS NULL');
      await until(async () => (await unnumbered()).length === 0, { open: unnumbered });
    },
    async stop() {
      for (const reader of readers) await reader.stop();
      await source.destroy();
      await cluster.stop();
      await simulator.stop();
    },
  };
}
