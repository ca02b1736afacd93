import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { packageRoot } from '../../src/config';
import { findMariadb } from '../local/find-mariadb';

/** Where `npm run cluster` unpacks the Debian packages that are not installed. */
export const UNPACKED = join(packageRoot, '.data/packages');

/** What a cluster is run with, and the Debian package that each is in. */
const WANTED = {
  galera: ['libgalera_smm.so', 'galera-4'],
  transfer: ['wsrep_sst_rsync', 'mariadb-server'],
  rsync: ['rsync', 'rsync'],
  haproxy: ['haproxy', 'haproxy'],
} as const;

type Program = keyof typeof WANTED;

/** Paths of all that a cluster is run with. */
export type Programs = Readonly<Record<Program | 'server' | 'installer', string>>;

/** Something is not on this machine. */
export class ProgramsMissing extends Error {
  constructor(readonly packages: string[]) {
    super(
      `The cluster needs the Debian packages ${packages.join(', ')}: install them (apt-get install), or run this where apt-get can download them.`,
    );
  }
}

const FOLDERS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/usr/lib/galera'];

function find(name: string): string | undefined {
  const installed = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...FOLDERS];
  const unpacked = FOLDERS.map(folder => join(UNPACKED, folder));
  return [...installed, ...unpacked].map(folder => join(folder, name)).find(existsSync);
}

/** Finds them, installed or unpacked; throws what is missing. */
export function findPrograms(): Programs {
  const found = Object.entries(WANTED).map(([program, [name, from]]) => [program, find(name), from] as const);
  const missing = found.flatMap(([, path, from]) => (path ? [] : [from]));
  if (missing.length > 0) throw new ProgramsMissing(missing);
  const paths = Object.fromEntries(found.map(([program, path]) => [program, path]));
  return { ...(paths as Record<Program, string>), ...findMariadb() };
}

/** The environment in which what was unpacked finds its libraries. */
export function withLibraries(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const folder = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch as 'x64' | 'arm64'];
  const libraries = join(UNPACKED, 'usr/lib', folder ?? '');
  const before = env.LD_LIBRARY_PATH;
  return { ...env, LD_LIBRARY_PATH: before ? `${before}:${libraries}` : libraries };
}
