import { createConnection } from 'mysql2/promise';
import { type DestinationStream, pino } from 'pino';
import { fillDatabaseAt } from '../../dev/demo-data/fill';
import { oneClickSignIns } from '../../dev/demo-data/sign-ins';
import { type Simulator, startSimulator } from '../../dev/simulator/start';
import { type App, startApp } from '../../src/app';
import type { AppOptions } from '../../src/app-options';
import type { Config } from '../../src/config';
import { User } from '../../src/entities';
import { record } from '../../src/events';
import { beginSession } from '../../src/services/identity/sessions';
import { control } from './control';
import { BROKER, CREDENTIALS } from './credentials';
import { refuseUndeclaredErrors } from './declared-errors';
import { emptySchema } from './empty-schema';
import { usualSecurity } from './security';
import { settled, type Waiting } from './until';

export { BROKER, CREDENTIALS } from './credentials';

/** A GraphQL answer as it came over the wire. */
export interface Answer<T = Record<string, any>> {
  status: number;
  data: T;
  errors?: { message: string; path?: string[]; extensions: { code: string; requestId?: string } }[];
}

/** A gateway on a real database and a real simulator, spoken to over HTTP. */
export interface TestGateway {
  app: App;
  url: string;
  simulator: Simulator;
  /** What it was started with: another process on the same database starts with it too. */
  settings: Config;
  /** Sends a document; `token` may be left out for an anonymous caller. */
  send<T = Record<string, any>>(token: string | null, query: string, variables?: object): Promise<Answer<T>>;
  /** The token of a demo user. */
  token(email: string): Promise<string>;
  /** Plain rows, on a connection of its own. */
  rows<T = Record<string, any>>(sql: string, values?: unknown[]): Promise<T[]>;
  /** Resolves when no operation is due, running or to be retried. */
  settled(waiting?: Waiting): Promise<void>;
  /** A database and a simulator as they were when the gateway started. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** The tables that hold what customers do, those that refer to others first. */
const TRANSACTIONAL = [
  'steps',
  'charges',
  'subscription_lots',
  'operations',
  'cancellation_requests',
  'subscription_changes',
  'subscription_addons',
  'basket_lines',
  'order_lines',
  'idempotency_keys',
  'service_accounts',
  'subscriptions',
  'orders',
  'retail_prices',
];

/** What a test sets of the configuration. */
export type TestConfig = Omit<Partial<Config>, 'provider'> & {
  provider?: Partial<Config['provider']>;
  /** Whether the database is migrated and filled before. */
  demoData?: boolean;
};

/** Use of the database as in production, unless a test says otherwise. */
export const usualDatabase = (own: Partial<Config['database']> = {}): Config['database'] => ({
  statementTimeoutMs: 10_000,
  readinessTimeoutMs: 2000,
  preparedShare: 10,
  tls: null,
  ...own,
});

/** Settings of mails: no mail server, unless a test says otherwise. */
export const usualMail = (own: Partial<Config['mail']> = {}): Config['mail'] => ({
  server: null,
  from: 'Skybasket <no-reply@skybasket.example>',
  publicUrl: 'https://cloud.example',
  invitationUrl: null,
  resetUrl: null,
  timeoutMs: 1000,
  escalation: { deputy: 24, administrators: 48 },
  retentionDays: 90,
  ...own,
});

/** Starts a gateway in the schema of this jest worker, with the demo data; its log goes to `destination`, if any. */
export async function startTestGateway(
  options: AppOptions = {},
  { provider, demoData = true, ...config }: TestConfig = {},
  destination?: DestinationStream,
): Promise<TestGateway> {
  const databaseUrl = config.databaseUrl ?? (await emptySchema());
  if (demoData) await fillDatabaseAt(databaseUrl);
  const simulator = await startSimulator(CREDENTIALS);
  const settings: Config = {
    port: 0,
    host: '127.0.0.1',
    databaseUrl,
    databasePool: 10,
    database: usualDatabase(),
    migrate: true,
    playground: true,
    provider: {
      baseUrl: simulator.url,
      ...CREDENTIALS,
      timeoutMs: 2000,
      ...provider,
    },
    broker: { baseUrl: simulator.brokerUrl, ...BROKER },
    reconcileHours: 24,
    retailFallback: 'hidden',
    leaseMs: 15_000,
    drainMs: 0,
    authSecret: 'a secret of the tests that is long enough',
    stream: { connectionsPerUser: 1000, operationsPerConnection: 100 },
    eventRetentionDays: 30,
    security: usualSecurity(),
    webhooks: {
      key: 'a key of the tests that is long enough',
      allowPrivate: true,
      timeoutMs: 1000,
      disableDays: 3,
    },
    mail: usualMail(),
    observability: { accessLog: 'executed', metrics: null, tracing: null },
    logLevel: process.env.TEST_LOG ?? 'silent',
    ...config,
  };
  const app = await startOn(settings, options, destination).catch(async (error: unknown) => {
    await simulator.stop();
    throw error;
  });
  const db = await createConnection({ uri: databaseUrl, timezone: 'Z', supportBigNumbers: true });
  const tokens = new Map<string, Promise<string>>();

  const gateway: TestGateway = {
    app,
    url: app.url,
    simulator,
    settings,

    async send(token, query, variables = {}) {
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query, variables }),
      });
      const answer = (await response.json()) as Answer;
      refuseUndeclaredErrors(query, answer.data);
      return { ...answer, status: response.status } as never;
    },

    token(email) {
      const known = tokens.get(email) ?? tokenOf(app, email);
      tokens.set(email, known);
      return known;
    },

    async rows(sql, values = []) {
      const [rows] = await db.query(sql, values);
      return rows as never;
    },

    settled: waiting => settled(gateway.rows, waiting),

    async reset() {
      await gateway.settled();
      for (const table of TRANSACTIONAL) await db.query(`DELETE FROM ${table}`);
      await db.query(`DELETE FROM baskets WHERE state <> 'OPEN'`);
      await db.query(
        'UPDATE baskets SET recipientId = NULL, confirmedBilling = NULL, billingConfirmedAt = NULL, version = 1',
      );
      await control(simulator.url, '?state=all', { method: 'DELETE' });
    },

    async stop() {
      await app.stop();
      await simulator.stop();
      await db.end();
    },
  };
  return gateway;
}

/** Starts a gateway with these settings: a second one on the same database, for instance. */
export function startOn(
  settings: Config,
  options: AppOptions = {},
  destination?: DestinationStream,
): Promise<App> {
  const usual: AppOptions = {
    signIns: oneClickSignIns,
    retries: {
      firstMs: 20,
      maxMs: 100,
      maxAttempts: 8,
      totalMs: 60_000,
      poll: { firstMs: 15, maxMs: 100, totalMs: 60_000 },
    },
    // Faults that tests ask for one after the other are no reason to leave the provider alone.
    mail: { retries: { firstMs: 20, maxMs: 100, maxAttempts: 20, totalMs: 60_000 } },
    worker: { limits: { slots: 32, failureThreshold: 1000, openMs: 100 } },
  };
  const log = destination ? pino({}, destination) : pino({ level: settings.logLevel });
  return startApp(settings, log, { ...usual, ...options });
}

/** Begins a session as `signIn` does, without the password: comparing it takes a quarter of a second. */
async function tokenOf({ deps: { db, tokens } }: App, email: string): Promise<string> {
  const claims = await db.transaction(async tx => {
    const [user] = await tx.many(User, 'WHERE t.email = ? FOR UPDATE', [email]);
    if (!user) throw new Error(`There is no user ${email}.`);
    record(tx, { type: 'user.signed-in', message: 'Signed in.', userId: user.id });
    const { sessionId } = await beginSession(tx, user);
    return { userId: user.id, sessionId, sessionVersion: user.sessionVersion };
  });
  return (await tokens.issue(claims)).token;
}
