import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { acquireLock } from './folder-lock';
import type { Log } from './log';
import { spawnTied, type TiedProcess } from './spawn-tied';

const ENTRY = resolve(__dirname, '../simulator/main.js');
const STOP_GRACE_MS = 5_000;

/** Options of the simulator process. `port` defaults to a free port. */
export interface SimulatorRequest {
  journalPath: string;
  applicationId: string;
  apiKey: string;
  log: Log;
  port?: number;
  /** Duration of accepted work at the broker, in milliseconds. 0 finishes at once. */
  workMs?: number;
}

/** Provider simulator in a child process. */
export interface SimulatorProcess {
  readonly url: string;
  readonly brokerUrl: string;
  readonly pid: number;
  /** Resolves with the exit code or signal. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

type Addresses = Pick<SimulatorProcess, 'url' | 'brokerUrl'>;

function announced(line: string): Addresses | undefined {
  try {
    const { url, brokerUrl } = JSON.parse(line) as Record<string, unknown>;
    return typeof url === 'string' && typeof brokerUrl === 'string' ? { url, brokerUrl } : undefined;
  } catch {
    return undefined;
  }
}

// The first line has the URLs. Other lines go to the log; the last one is the reason if the process ends early.
function listening(simulator: TiedProcess, log: Log): Promise<Addresses> {
  return new Promise((found, failed) => {
    let lastLine = '';
    for (const stream of [simulator.stdout, simulator.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', line => {
        const addresses = announced(line);
        if (addresses) return found(addresses);
        lastLine = line || lastLine;
        log(`Simulator: ${line}`);
      });
    }
    void simulator.exited.then(how => failed(new Error(`The simulator did not start (${how}): ${lastLine}`)));
  });
}

/** Starts the provider simulator as a child process. Resolves when it listens. */
export async function startSimulatorProcess(request: SimulatorRequest): Promise<SimulatorProcess> {
  const journalPath = resolve(request.journalPath);
  mkdirSync(dirname(journalPath), { recursive: true, mode: 0o700 });
  const lock = await acquireLock(`${journalPath}.lock`, `The simulator's journal ${journalPath}`);
  try {
    const env = {
      ...process.env,
      SIMULATOR_PORT: String(request.port ?? 0),
      SIMULATOR_JOURNAL: journalPath,
      ...(request.workMs !== undefined && { SIMULATOR_WORK_MS: String(request.workMs) }),
      PROVIDER_APPLICATION_ID: request.applicationId,
      PROVIDER_API_KEY: request.apiKey,
    };
    const simulator = spawnTied(process.execPath, [ENTRY], { env, output: 'pipe' });
    lock.note({ child: simulator.pid });
    const exited = simulator.exited.then(how => {
      lock.release();
      return how;
    });
    const addresses = await listening(simulator, request.log);
    request.log(`The provider simulator listens on ${addresses.url}.`);
    const stop = () => simulator.stop(STOP_GRACE_MS);
    return { ...addresses, pid: simulator.pid, exited, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}
