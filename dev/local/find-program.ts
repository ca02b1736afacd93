import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// Distributions install servers in folders that are not in the PATH of a normal user.
const ALSO = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/bin',
  '/usr/local/bin',
  '/usr/libexec',
  '/opt/homebrew/bin',
];

/** Finds the installed programs with these names, in the order of the names. */
export function* findPrograms(...names: string[]): Generator<string> {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...ALSO];
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (existsSync(path)) yield path;
    }
  }
}
