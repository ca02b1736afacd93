import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { MAIN, SETTINGS } from '../../support/gateway-process';
import { until } from '../../support/until';

/** Settings of a gateway under faults: the defaults, where they are not too patient for a run of minutes. */
const OWN = {
  DATABASE_POOL: '16',
  PROVIDER_TIMEOUT_MS: '2000',
  LEASE_MS: '4000',
  DRAIN_MS: '1000',
  WEBHOOK_ALLOW_PRIVATE: '1',
  // One client stands for many here.
  COST_BUCKET: '0',
};

/** Memory and file descriptors of a process. */
export interface Footprint {
  residentMb: number;
  descriptors: number;
}

/** A gateway at a port that it keeps, whatever becomes of its process. */
export interface Gateway {
  url: string;
  child: ChildProcess;
  /** Resolves when it is ready. */
  start(through?: readonly string[]): Promise<void>;
  /** Sends a signal; resolves with the exit code when it is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  footprint(): Footprint;
}

const running = new Set<ChildProcess>();
// A run that breaks leaves nothing running.
process.on('exit', () => running.forEach(child => void child.kill('SIGKILL')));

/** Starts a gateway from `dist` at `port`, whose log goes to the file `log`. */
export async function startGateway(
  env: Record<string, string>,
  port: number,
  log: string,
  through: readonly string[] = [],
): Promise<Gateway> {
  const url = `http://127.0.0.1:${port}`;
  const settings = { ...SETTINGS, ...OWN, ...env, PORT: String(port) };
  const gateway: Gateway = {
    url,
    child: undefined as unknown as ChildProcess,
    async start(through = []) {
      const [command = process.execPath, ...args] = [...through, process.execPath, MAIN];
      const output = openSync(log, 'a');
      const child = spawn(command, args, {
        env: { PATH: process.env.PATH, ...settings },
        stdio: ['ignore', output, output],
      });
      closeSync(output);
      running.add(child);
      child.once('exit', () => running.delete(child));
      gateway.child = child;
      const ready = () =>
        fetch(`${url}/readyz`).then(
          ({ status }) => status === 200,
          () => false,
        );
      await until(async () => child.exitCode !== null || (await ready()), { what: 'the gateway is ready' });
      if (child.exitCode !== null) throw new Error(`The gateway did not start: ${readFileSync(log, 'utf8')}`);
    },
    async end(signal) {
      const { child } = gateway;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
    footprint() {
      const status = readFileSync(`/proc/${gateway.child.pid}/status`, 'utf8');
      return {
        residentMb: Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024),
        descriptors: readdirSync(`/proc/${gateway.child.pid}/fd`).length,
      };
    },
  };
  await gateway.start(through);
  return gateway;
}
