import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertDemoData } from '../../dev/demo-data';
import { startDatabase } from '../../dev/local/database-server';
import { startSimulatorProcess } from '../../dev/local/simulator';
import { createDataSource, Database, detectDialect } from '../../src/database';
import { beginSession } from '../../src/services/identity/sessions';
import { createTokens } from '../../src/services/identity/tokens';
import { Load } from '../load/load';
import type { Run } from './fill';
import { fillCatalog } from './fill-catalog';
import { type Contender, startContender } from './processes';

const SECRET = 'a secret of the bench that is long enough';
const APPLICATION_ID = '6f2f1f0e-0000-4000-8000-000000000002';

/** Private database, provider and load generator of a run. */
export interface Lab {
  db: Database;
  run: Run;
  load: Load;
  mariadbPid: number;
  /** Environment of every process of this lab. */
  env: Record<string, string>;
  /** Starts a server. The lab stops it at its end. */
  contender(name: string, file: string, env?: Record<string, string>): Promise<Contender>;
  /** Starts a gateway as in production. */
  gateway(env?: Record<string, string>): Promise<Contender>;
  /** Returns a bearer token of a user. */
  bearer(userId: string): Promise<string>;
  stop(): Promise<void>;
}

const quiet = () => undefined;

/** Starts a lab on a new data folder, with the durability of production. */
export async function openLab(): Promise<Lab> {
  const home = mkdtempSync(join(tmpdir(), 'skybasket-bench-'));
  const mariadb = await startDatabase({ dataDir: join(home, 'db'), log: quiet });
  const simulator = await startSimulatorProcess({
    journalPath: join(home, 'simulator.journal'),
    applicationId: APPLICATION_ID,
    apiKey: 'bench',
    log: quiet,
    workMs: 0,
  });
  const source = createDataSource(mariadb.url, await detectDialect(mariadb.url), 16);
  await source.initialize();
  await source.runMigrations({ transaction: 'each' });
  const db = Database.over(source);
  await insertDemoData(db);
  await db.transaction(fillCatalog);
  const tokens = createTokens(SECRET);
  const load = new Load();
  const env = {
    DATABASE_URL: mariadb.url,
    PROVIDER_URL: simulator.url,
    PROVIDER_APPLICATION_ID: APPLICATION_ID,
    PROVIDER_API_KEY: 'bench',
    BROKER_URL: simulator.brokerUrl,
    BROKER_USERNAME: APPLICATION_ID,
    BROKER_PASSWORD: 'bench',
    AUTH_SECRET: SECRET,
    LOG_LEVEL: 'error',
    NODE_ENV: 'production',
    PORT: '0',
    // One client simulates many: its bucket is charged, and never empty.
    COST_BUCKET: '100000000',
    COST_PER_SECOND: '10000000',
  };
  // One connection, so that session variables apply to the next statements.
  const connection = source.createQueryRunner();
  const started: Contender[] = [];
  const contender = async (name: string, file: string, more: Record<string, string> = {}) => {
    const fresh = await startContender(name, file, { ...env, ...more });
    started.push(fresh);
    return fresh;
  };
  return {
    db,
    run: (sql, values) => connection.query(sql, values),
    load,
    mariadbPid: mariadb.pid,
    env,
    contender,
    gateway: more => contender('Skybasket', 'lib/gateway.js', more),
    async bearer(userId) {
      const { sessionId } = await db.transaction(tx => beginSession(tx, { id: userId, sessionVersion: 0 }));
      return `Bearer ${(await tokens.issue({ userId, sessionId, sessionVersion: 0 })).token}`;
    },
    async stop() {
      for (const running of started) await running.stop();
      load.stop();
      await connection.release();
      await source.destroy();
      await simulator.stop();
      await mariadb.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
