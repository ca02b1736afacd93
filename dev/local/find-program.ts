import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// Distributions keep servers where the PATH of an ordinary user does not look.
const ALSO = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/bin',
  '/usr/local/bin',
  '/usr/libexec',
  '/opt/homebrew/bin',
];

/** Paths of the installed programs with these names, by the order of names first. */
export function* findPrograms(...names: string[]): Generator<string> {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...ALSO];
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (existsSync(path)) yield path;
    }
  }
}
