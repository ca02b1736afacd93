import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where every server leaves a profile of its processor time when it ends; none without. */
const PROFILES = process.env.BENCH_PROFILES;

/** A server under measurement, in a process of its own. */
export interface Contender {
  name: string;
  url: URL;
  pid: number;
  stop(): Promise<void>;
}

/** Starts `dist/bench/<file>`, which tells its address as soon as it listens and ends when this process does. */
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

/** Tells the parent where this process listens, and ends with the parent. */
export function announce(url: string): void {
  process.on('disconnect', () => process.exit(0));
  process.send?.(url);
}

/** Processor time that a process has used, in seconds; NaN where the system does not tell. */
export function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

/** Memory that a process has resident, in MB. */
export function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
