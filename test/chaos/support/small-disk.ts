import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own that can be filled. */
export interface SmallDisk {
  path: string;
  /** Takes all the room that is left. */
  fill(): void;
  free(): void;
  stop(): void;
}

/** Mounts a file system in memory; undefined where that is not allowed. */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), 'skybasket-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true });
    return undefined;
  }
  const file = join(path, 'filler');
  return {
    path,
    fill() {
      const filler = openSync(file, 'a');
      try {
        for (const size of [1 << 20, 1 << 12]) fillWith(filler, Buffer.alloc(size));
      } finally {
        closeSync(filler);
      }
    },
    free: () => rmSync(file, { force: true }),
    stop() {
      spawnSync('umount', [path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Writes until there is no room for one more. */
function fillWith(file: number, block: Buffer): void {
  try {
    while (writeSync(file, block) === block.length);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
