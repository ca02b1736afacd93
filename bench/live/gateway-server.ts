import 'reflect-metadata';
import { pino } from 'pino';
import { fillDatabaseAt } from '../../dev/demo-data/fill';
import { startDatabase } from '../../dev/local/database-server';
import { startSimulator } from '../../dev/simulator/start';
import { type App, startApp } from '../../src/app';
import type { SecurityConfig } from '../../src/config';
import { type NewEvent, record } from '../../src/events';
import { serveParent } from './child';
import { orderOne, type Subject } from './operation';
import { tokenOf } from './token';

const KEYS = { applicationId: '6f2f1f0e-0000-4000-8000-000000000003', apiKey: 'bench' };

/** No limits, because all load comes from one address and few users. */
const UNBOUNDED: SecurityConfig = {
  production: false,
  allowedOrigins: [],
  allowedHosts: [],
  trustedProxies: 0,
  requestTimeoutMs: 30_000,
  maxInFlight: 100_000,
  limits: {
    inFlightPerCaller: 100_000,
    connections: 100_000,
    connectionsPerAddress: 100_000,
    anonymousSocketsPerAddress: 100_000,
    anonymousIdleMs: 3_600_000,
    unreadBytes: 1_000_000_000,
    readTimeoutMs: 30_000,
  },
  costBucket: 0,
  costPerOperation: 1000,
  costPerSecond: 1,
  catalogMaxAge: 0,
  trustedDocuments: {
    ANONYMOUS: 'off',
    CUSTOMER: 'off',
    RESELLER: 'off',
    ACCOUNT_MANAGER: 'off',
    ADMINISTRATOR: 'off',
  },
  trustedDocumentsFiles: [],
  issuer: null,
};

/** Gateway on a private database, with generated events. */
async function start() {
  const mariadb = await startDatabase({ throwaway: true, log: () => undefined });
  const simulator = await startSimulator({ ...KEYS, workMs: 0 });
  await fillDatabaseAt(mariadb.url);
  const app = await startApp(
    {
      port: 0,
      host: '127.0.0.1',
      databaseUrl: mariadb.url,
      databasePool: 8,
      database: { statementTimeoutMs: 10_000, readinessTimeoutMs: 2000, preparedShare: 10, tls: null },
      migrate: false,
      playground: false,
      provider: { baseUrl: simulator.url, ...KEYS, timeoutMs: 2000 },
      broker: { baseUrl: simulator.brokerUrl, username: KEYS.applicationId, password: KEYS.apiKey },
      retailFallback: 'hidden',
      reconcileHours: 0,
      leaseMs: 15_000,
      drainMs: 0,
      authSecret: 'a secret of the bench that is long enough',
      stream: { connectionsPerUser: 100_000, operationsPerConnection: 10 },
      eventRetentionDays: 30,
      security: UNBOUNDED,
      webhooks: {
        key: 'a key of the bench that is long enough',
        allowPrivate: true,
        timeoutMs: 1000,
        disableDays: 3,
      },
      mail: {
        server: null,
        from: 'bench@localhost',
        publicUrl: null,
        invitationUrl: null,
        resetUrl: null,
        timeoutMs: 1000,
        escalation: { deputy: 24, administrators: 48 },
        retentionDays: 90,
      },
      observability: { accessLog: 'executed', metrics: null, tracing: null },
      logLevel: 'error',
    },
    pino({ level: 'error' }),
  );
  return { app, subject: await orderOne(app) };
}

async function tell({ deps }: App, subject: Subject, count: number): Promise<void> {
  const event: NewEvent = {
    type: 'step.changed',
    message: 'ASSIGN_LICENSE is running, attempt 1.',
    ...subject,
    data: { operationState: 'RUNNING', step: 'ASSIGN_LICENSE', stepState: 'RUNNING' },
  };
  await deps.db.transaction(async tx => {
    for (let index = 0; index < count; index += 1) record(tx, event);
  });
}

const started = start();
serveParent(async ({ is, count, userId }) => {
  const { app, subject } = await started;
  if (is === 'ready') return { port: Number(new URL(app.url).port) };
  if (is === 'token') return tokenOf(app, userId);
  if (is === 'heap') {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  }
  return tell(app, subject, count);
});
