import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCRATCH_PREFIX } from './folder-lock';

// The kernel's limit for the path of a unix socket, less the zero at its end.
const MAX_PATH_BYTES = 107;

/** A path for the server's socket: in `home`, or where that is too long, in a temporary folder that is to be removed. */
export function chooseSocket(home: string, name: string): { path: string; scratch?: string } {
  const path = join(home, `${name}.sock`);
  if (Buffer.byteLength(path) <= MAX_PATH_BYTES) return { path };
  const scratch = mkdtempSync(join(tmpdir(), SCRATCH_PREFIX));
  return { path: join(scratch, `${name}.sock`), scratch };
}
