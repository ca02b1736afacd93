import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engines } from './engines';
import { acquireLock } from './folder-lock';
import { identify } from './process-identity';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 1024 ** 3;
const NAME = /^skybasket-test-(\d+)-/;

function base(): string {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ENOUGH_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

// A killed run cannot remove its data, which would fill the memory over time.
async function sweep(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    const pid = NAME.exec(name)?.[1];
    const path = join(folder, name);
    if (pid === undefined || identify(Number(pid))) continue;
    if (!existsSync(path) || statSync(path).uid !== process.getuid?.()) continue;
    for (const { id } of engines) await acquireLock(join(path, `${id}.lock`), `The data folder ${path}`);
    rmSync(path, { recursive: true, force: true });
  }
}

/** Creates a folder for throwaway data, in memory if there is room. Removes the folders of dead runs. */
export async function makeThrowawayHome(): Promise<string> {
  const folder = base();
  await sweep(folder);
  return mkdtempSync(join(folder, `skybasket-test-${process.pid}-`));
}
