import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder for CPU profiles of the servers. No profiles if it is not set. */
const PROFILES = process.env.BENCH_PROFILES;

/** Server under measurement, in a child process. */
export interface Contender {
  name: string;
  url: URL;
  pid: number;
  stop(): Promise<void>;
}

/** Starts `dist/bench/<file>`, which sends its URL once it listens, and ends with this process. */
export async function startContender(
  name: string,
  file: string,
  env: Record<string, string> = {},
): Promise<Contender> {
  const execArgv = PROFILES ? ['--cpu-prof', `--cpu-prof-dir=${PROFILES}`] : [];
  const child = fork(join(__dirname, '..', file), { env: { ...process.env, ...env }, execArgv });
  const url = await Promise.race([
    once(child, 'message').then(([message]) => String(message)),
    once(child, 'exit').then(([code, signal]) =>
      Promise.reject(new Error(`${name} ended with ${code ?? signal}`)),
    ),
  ]);
  return { name, url: new URL(url), pid: child.pid ?? 0, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  const late = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(late);
}

/** Sends the URL of this process to its parent, and ends with the parent. */
export function announce(url: string): void {
  process.on('disconnect', () => process.exit(0));
  process.send?.(url);
}

/** Processor time of a process, in seconds. NaN if the system does not report it. */
export function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

/** Resident memory of a process, in MB. NaN if the system does not report it. */
export function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
