import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Identity of a process, which differs from that of a later process with the same pid. */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}

function canSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** Returns the identity of a running process. Undefined if it does not run, or is a zombie. */
export function identify(pid: number): ProcessIdentity | undefined {
  if (!existsSync('/proc/self/stat')) return canSignal(pid) ? { pid, startedAt: '' } : undefined;
  const stat = readProc(`${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name in parentheses can contain spaces. The state follows it; the start time is 19 fields later (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const boot = readProc('sys/kernel/random/boot_id')?.trim() ?? '';
  return { pid, startedAt: `${boot}/${fields[19] ?? ''}` };
}

/** Whether the process with this identity runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function isGoneWithin(identity: ProcessIdentity, milliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 50) {
    if (!isAlive(identity)) return true;
    await sleep(50);
  }
  return !isAlive(identity);
}

/** Ends an orphaned process: sends SIGTERM, then SIGKILL. */
export async function endProcess(identity: ProcessIdentity, graceMs: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isAlive(identity)) return;
    signalIfThere(identity.pid, signal);
    if (await isGoneWithin(identity, graceMs)) return;
  }
  throw new Error(`Process ${identity.pid} did not end after SIGKILL.`);
}
