import { createConnection } from 'mysql2/promise';
import { fillDatabaseAt } from '../../dev/demo-data/fill';
import { startSimulator } from '../../dev/simulator/start';
import { MANAGER } from './demo';
import { emptySchema } from './empty-schema';
import { CREDENTIALS } from './gateway';
import { startGatewayProcess } from './gateway-process';
import { simulatorAt } from './provider/simulator';
import type { Rows } from './rows';
import { newSession } from './sign-in';
import { settled, type Waiting } from './until';

/**
 * What outlives the gateways of a test: a database with the demo data, on `server` if given, and a provider. `settings` are
 * those of its gateways.
 */
export async function startOutside(server?: string, settings: Record<string, string> = {}) {
  const databaseUrl = await emptySchema(server);
  await fillDatabaseAt(databaseUrl);
  const simulator = await startSimulator(CREDENTIALS);
  const db = await createConnection({ uri: databaseUrl, timezone: 'Z', supportBigNumbers: true });
  const env = {
    ...settings,
    DATABASE_URL: databaseUrl,
    PROVIDER_URL: simulator.url,
    BROKER_URL: simulator.brokerUrl,
  };
  // Every other gateway accepts its token.
  const first = await startGatewayProcess(env);
  const rows: Rows = async (sql, values = []) => (await db.query(sql, values))[0] as never;
  return {
    env,
    databaseUrl,
    brokerUrl: simulator.brokerUrl,
    provider: { url: simulator.url, ...simulatorAt(simulator.url) },
    rows,
    token: await newSession(first, MANAGER),
    first,
    /** Resolves when no operation is due, running or to be retried. */
    settled: (waiting?: Waiting) => settled(rows, waiting),
    async stop() {
      await simulator.stop();
      await db.end();
    },
  };
}
