import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { built } from './dist';
import { BROKER, CREDENTIALS } from './gateway';
import { found } from './until';

/** The program of a gateway. Looked up when the file is loaded: a stale build fails before a test has started anything. */
export const MAIN = built('src/main.js');

/** The process went away before it answered. */
class Gone extends Error {}

/** Repeats a call, with its key, until a gateway answers it: as a client does whose gateway is gone. */
export async function insistOn<T>(call: () => Promise<T>): Promise<T> {
  const answer = await found(
    () =>
      call().then(
        value => ({ value }),
        error => {
          if (error instanceof Gone) return undefined;
          throw error;
        },
      ),
    { what: `an answer to ${call}`, withinMs: 60_000, everyMs: 20 },
  );
  return answer.value;
}

/** A gateway in a process of its own, from `dist`, as `npm run serve` starts it. */
export interface GatewayProcess {
  url: string;
  child: ChildProcess;
  /** What it has logged, line by line. */
  log: Record<string, any>[];
  /** Text of its standard error so far. */
  errors(): string;
  exited: Promise<unknown>;
  /** Sends a document; rejects with `Gone` when the process is. */
  send(token: string | null, query: string, variables: object): Promise<Record<string, any>>;
  /** As by `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
  /** By SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

const running = new Set<ChildProcess>();
// A test run that breaks leaves nothing running.
process.on('exit', () => running.forEach(child => void child.kill('SIGKILL')));

/** Settings of the gateways of tests. */
export const SETTINGS = {
  PORT: '0',
  DATABASE_POOL: '8',
  PROVIDER_APPLICATION_ID: CREDENTIALS.applicationId,
  PROVIDER_API_KEY: CREDENTIALS.apiKey,
  BROKER_USERNAME: BROKER.username,
  BROKER_PASSWORD: BROKER.password,
  PROVIDER_TIMEOUT_MS: '600',
  LEASE_MS: '1000',
  DRAIN_MS: '0',
  AUTH_SECRET: 'a secret of the tests that is long enough',
};

/** Starts one; its settings are those of the tests unless `env` says otherwise. `through` is a command that runs it, `main` another build of it. */
export async function startGatewayProcess(
  env: Record<string, string>,
  through: readonly string[] = [],
  main = MAIN,
): Promise<GatewayProcess> {
  const [command = process.execPath, ...args] = [...through, process.execPath, main];
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, ...SETTINGS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const exited = once(child, 'exit').finally(() => running.delete(child));
  const log: Record<string, any>[] = [];
  let errors = '';
  child.stderr.on('data', chunk => {
    errors += String(chunk);
  });
  const url = await listening(child, log, () => errors);
  return {
    url,
    child,
    log,
    errors: () => errors,
    exited,
    async send(token, query, variables) {
      const { data, errors } = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query, variables }),
      })
        .then(response => response.json() as Promise<Record<string, any>>)
        .catch(cause => {
          throw new Gone('The gateway is gone', { cause });
        });
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
  };
}

function listening(child: ChildProcess, log: Record<string, any>[], errors: () => string): Promise<string> {
  return new Promise((found, failed) => {
    if (!child.stdout) throw new Error('The process has no output.');
    createInterface(child.stdout).on('line', line => {
      const entry = JSON.parse(line);
      log.push(entry);
      if (/^Skybasket listens at /.test(entry.msg)) found(entry.url);
    });
    child.once('exit', () => failed(new Error(`The gateway did not start: ${errors()}`)));
  });
}
