import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** Process that ends with this one, even if this one is killed. */
export interface TiedProcess {
  readonly pid: number;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  /** Resolves with the exit code or signal. */
  readonly exited: Promise<string>;
  stop(graceMs: number): Promise<void>;
}

/** Options of a tied process. Its standard input is empty. */
export interface TiedOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  output: 'pipe' | number;
}

const WRAPPER = ['--pdeathsig', 'TERM'];
let wrapperWorks: boolean | undefined;

// The kernel signals the child when its parent dies. Without setpriv of util-linux, the next start ends the orphan.
function tie(command: string, args: readonly string[]): [string, string[]] {
  wrapperWorks ??= spawnSync('setpriv', [...WRAPPER, 'true'], { stdio: 'ignore' }).status === 0;
  return wrapperWorks ? ['setpriv', [...WRAPPER, command, ...args]] : [command, [...args]];
}

function ending(child: ChildProcess): Promise<string> {
  return new Promise(resolve => {
    child.once('error', error => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });
}

/** Starts a process that ends with this one and does not receive Ctrl-C of the terminal. */
export function spawnTied(command: string, args: readonly string[], options: TiedOptions): TiedProcess {
  const { output, ...rest } = options;
  const [file, argv] = tie(command, args);
  // Detached, in its own process group: Ctrl-C reaches only the gateway, which stops the rest in order.
  const child = spawn(file, argv, { ...rest, detached: true, stdio: ['ignore', output, output] });
  const exited = ending(child);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} could not be started.`);

  const endWithParent = () => child.kill('SIGTERM');
  process.once('exit', endWithParent);
  void exited.then(() => process.off('exit', endWithParent));

  const stop = async (graceMs: number) => {
    child.kill('SIGTERM');
    const impatience = new AbortController();
    const kill = sleep(graceMs, undefined, { signal: impatience.signal }).then(
      () => child.kill('SIGKILL'),
      () => undefined,
    );
    await exited;
    impatience.abort();
    await kill;
  };
  return { pid, stdout: child.stdout, stderr: child.stderr, exited, stop };
}
