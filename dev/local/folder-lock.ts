import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { createLock, readLock, removeStaleLock, rewriteLock } from './lock-file';
import { endProcess, identify, isAlive, type ProcessIdentity } from './process-identity';

const CHILD_GRACE_MS = 30_000;

/** Prefix of every temporary folder. Others are not deleted, even if a damaged lock file names them. */
export const SCRATCH_PREFIX = 'skybasket-';

interface LockOwner {
  owner: ProcessIdentity;
  /** Child process of the owner, which must end with it. */
  child?: ProcessIdentity;
  /** Temporary folder of the owner. */
  scratch?: string;
}

/** Lock of a folder that this process holds. */
export interface FolderLock {
  note(more: { child?: number; scratch?: string }): void;
  release(): void;
}

function parse(text: string | undefined): LockOwner | undefined {
  try {
    return JSON.parse(text ?? '') as LockOwner;
  } catch {
    return undefined;
  }
}

async function recover(path: string, what: string): Promise<void> {
  const text = readLock(path);
  if (text === undefined) return;
  const held = parse(text);
  if (held && isAlive(held.owner)) {
    throw new Error(
      `${what} is in use by process ${held.owner.pid}: stop that one first, or use another folder.`,
    );
  }
  if (held?.child) await endProcess(held.child, CHILD_GRACE_MS);
  if (held?.scratch && basename(held.scratch).startsWith(SCRATCH_PREFIX)) {
    rmSync(held.scratch, { recursive: true, force: true });
  }
  removeStaleLock(path, text);
}

/** Creates the lock file. Replaces the one of a dead owner after it has ended its child. `what` starts the error message. */
export async function acquireLock(path: string, what: string): Promise<FolderLock> {
  let held: LockOwner = { owner: identify(process.pid) ?? { pid: process.pid, startedAt: '' } };
  while (!createLock(path, JSON.stringify(held))) await recover(path, what);
  return {
    note({ child, scratch }) {
      const identity = child === undefined ? undefined : identify(child);
      held = { ...held, ...(identity && { child: identity }), ...(scratch && { scratch }) };
      rewriteLock(path, JSON.stringify(held));
    },
    release() {
      const now = parse(readLock(path))?.owner;
      if (now?.pid === held.owner.pid && now.startedAt === held.owner.startedAt) rmSync(path);
    },
  };
}
