import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, readConfig } from '../../src/config';
import { type DatabaseServer, startDatabase } from './database-server';
import type { Engine } from './engine';
import { chooseEngine } from './engines';
import { loadOrCreateSecret } from './load-or-create-secret';
import type { Log } from './log';
import { type MailCatcher, startMailCatcher } from './mail-catcher';
import { checkSettings, given, readDemoData } from './settings';
import { type SimulatorProcess, startSimulatorProcess } from './simulator';
import { superviseProcess } from './supervise-process';

// The simulator accepts one application id. Any GUID is valid.
const APPLICATION_ID = '6f6c1a5e-0b1d-4c53-9d0e-5c1f7a3b9e42';

/** Host names of this machine for programs that run on it. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Origins of development servers for pages on this machine. */
const LOCAL_ORIGINS = LOOPBACK.map(host => `http://${host}:*`).join();

const listensOnLoopback = ({ HOST }: NodeJS.ProcessEnv): boolean => {
  const host = given(HOST);
  return host === undefined || host === '::1' || LOOPBACK.includes(host);
};

/** URL of the gateway for browsers of this machine. Undefined for a port that the gateway picks: it knows its own. */
const ownUrl = ({ PORT }: NodeJS.ProcessEnv): string | undefined =>
  given(PORT) === '0' ? undefined : `http://localhost:${given(PORT) ?? 4000}`;

/** Name of the file with the key of the simulator, in the data folder. */
const SIMULATOR_KEY = 'simulator.key';

/** Started parts and settings of the gateway. */
export interface LocalParts {
  env: NodeJS.ProcessEnv;
  databaseUrl: string;
  passwordFile?: string;
  simulatorUrl?: string;
  /** File with the key of the control API of the simulator. Absent if `PROVIDER_API_KEY` is set. */
  simulatorKeyFile?: string;
  /** Page of the mail catcher. Absent if `SMTP_URL` is set. */
  mailsUrl?: string;
  /** Whether to insert the demo data into an empty database. */
  demoData: boolean;
  /** Settings of `env`, validated. */
  config: Config;
}

/** Records started parts, to stop them in reverse order. */
export type OnStarted = (stop: () => Promise<void>) => void;

async function startPrivateDatabase(
  engine: Engine,
  dataDir: string,
  log: Log,
  started: OnStarted,
): Promise<string> {
  const launch = (before?: DatabaseServer) =>
    startDatabase({ engine, dataDir, log, ...(before && { port: before.port }) });
  const kept = await superviseProcess(engine.title, launch, log);
  started(kept.stop);
  return kept.first.url;
}

interface Simulator {
  url: string;
  brokerUrl: string;
  applicationId: string;
  apiKey: string;
  keyFile: string | undefined;
}

async function startPrivateSimulator(
  dataDir: string,
  asked: NodeJS.ProcessEnv,
  log: Log,
  started: OnStarted,
): Promise<Simulator> {
  const applicationId = given(asked.PROVIDER_APPLICATION_ID) ?? APPLICATION_ID;
  const chosen = given(asked.PROVIDER_API_KEY);
  const keyFile = chosen === undefined ? join(dataDir, SIMULATOR_KEY) : undefined;
  const apiKey = chosen ?? loadOrCreateSecret(join(dataDir, SIMULATOR_KEY));
  const journalPath = join(dataDir, 'simulator.journal');
  const launch = (before?: SimulatorProcess) =>
    startSimulatorProcess({
      journalPath,
      applicationId,
      apiKey,
      log,
      ...(before && { port: Number(new URL(before.url).port) }),
    });
  const kept = await superviseProcess('The simulator', launch, log);
  started(kept.stop);
  return { url: kept.first.url, brokerUrl: kept.first.brokerUrl, applicationId, apiKey, keyFile };
}

async function startPrivateMailCatcher(dataDir: string, log: Log, started: OnStarted): Promise<MailCatcher> {
  const launch = (before?: MailCatcher) => startMailCatcher(dataDir, log, before?.ports);
  const kept = await superviseProcess('The mail catcher', launch, log);
  started(kept.stop);
  return kept.first;
}

/** Allowed hosts and origins: those of this machine, including development servers for pages. */
const withLoopbackAccess = (asked: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...(listensOnLoopback(asked) && { ALLOWED_HOSTS: given(asked.ALLOWED_HOSTS) ?? LOOPBACK.join() }),
  ...(asked.NODE_ENV !== 'production' && { ALLOWED_ORIGINS: given(asked.ALLOWED_ORIGINS) ?? LOCAL_ORIGINS }),
});

/** Starts the database and the provider unless the settings name them, and completes the settings. */
export async function completeEnvironment(
  { DEMO_DATA, ...asked }: NodeJS.ProcessEnv,
  log: Log,
  started: OnStarted,
): Promise<LocalParts> {
  checkSettings(asked);
  const givenDatabase = given(asked.DATABASE_URL);
  const demoData = readDemoData(DEMO_DATA, givenDatabase === undefined);
  const engine = chooseEngine(asked);
  const dataDir = resolve(given(asked.DATA_DIR) ?? '.data');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const databaseUrl = givenDatabase ?? (await startPrivateDatabase(engine, dataDir, log, started));
  const env: NodeJS.ProcessEnv = {
    ...asked,
    ...withLoopbackAccess(asked),
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: given(asked.AUTH_SECRET) ?? loadOrCreateSecret(join(dataDir, 'auth.secret')),
    MIGRATE: given(asked.MIGRATE) ?? '1',
    PLAYGROUND: given(asked.PLAYGROUND) ?? '1',
    WEBHOOK_ALLOW_PRIVATE: given(asked.WEBHOOK_ALLOW_PRIVATE) ?? '1',
  };
  const parts: Omit<LocalParts, 'config'> = { env, databaseUrl, demoData };
  if (!givenDatabase) parts.passwordFile = join(dataDir, `${engine.id}.password`);
  if (!given(asked.PROVIDER_URL)) {
    const simulator = await startPrivateSimulator(dataDir, asked, log, started);
    Object.assign(parts, { simulatorUrl: simulator.url, simulatorKeyFile: simulator.keyFile });
    env.PROVIDER_URL = simulator.url;
    env.PROVIDER_APPLICATION_ID = simulator.applicationId;
    env.PROVIDER_API_KEY = simulator.apiKey;
    if (!given(asked.BROKER_URL)) {
      env.BROKER_URL = simulator.brokerUrl;
      env.BROKER_USERNAME = simulator.applicationId;
      env.BROKER_PASSWORD = simulator.apiKey;
    }
  }
  if (!given(asked.SMTP_URL)) {
    const catcher = await startPrivateMailCatcher(dataDir, log, started);
    parts.mailsUrl = catcher.pageUrl;
    env.SMTP_URL = catcher.smtpUrl;
    env.PUBLIC_URL = given(asked.PUBLIC_URL) ?? ownUrl(asked);
  }
  return { ...parts, config: readConfig(env) };
}
