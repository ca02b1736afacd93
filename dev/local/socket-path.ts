import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCRATCH_PREFIX } from './folder-lock';

// Limit of the kernel for the path of a Unix socket, without the terminating zero (unix(7)).
const MAX_PATH_BYTES = 107;

/** Path for the server's socket: in `home`, or in a temporary folder, which the caller removes, if `home` is too long. */
export function chooseSocket(home: string, name: string): { path: string; scratch?: string } {
  const path = join(home, `${name}.sock`);
  if (Buffer.byteLength(path) <= MAX_PATH_BYTES) return { path };
  const scratch = mkdtempSync(join(tmpdir(), SCRATCH_PREFIX));
  return { path: join(scratch, `${name}.sock`), scratch };
}
