import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { packageRoot } from '../../src/config';
import { findMariadb } from '../local/find-mariadb';

/** Folder in which `npm run cluster` unpacks Debian packages that are not installed. */
export const UNPACKED = join(packageRoot, '.data/packages');

/** File of a cluster and its Debian package. */
type Wanted = Readonly<Record<string, readonly [name: string, from: string]>>;

const PROXY = { haproxy: ['haproxy', 'haproxy'] } as const satisfies Wanted;

const CACHE = { nginx: ['nginx', 'nginx'] } as const satisfies Wanted;

const GALERA = {
  galera: ['libgalera_smm.so', 'galera-4'],
  transfer: ['wsrep_sst_rsync', 'mariadb-server'],
  rsync: ['rsync', 'rsync'],
} as const satisfies Wanted;

/** Paths of the programs of a Galera cluster. */
export type GaleraPrograms = Readonly<Record<keyof typeof GALERA | 'server' | 'installer', string>>;

/** Required programs are not installed. */
export class ProgramsMissing extends Error {
  constructor(readonly packages: string[]) {
    super(
      `The cluster needs the Debian packages ${packages.join(', ')}. Install them (apt-get install), or run this command on a machine where apt-get can download them.`,
    );
  }
}

const FOLDERS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/usr/lib/galera'];

function find(name: string): string | undefined {
  const installed = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...FOLDERS];
  const unpacked = FOLDERS.map(folder => join(UNPACKED, folder));
  return [...installed, ...unpacked].map(folder => join(folder, name)).find(existsSync);
}

/** Finds installed or unpacked files. Throws ProgramsMissing if one is missing. */
function findAll<Names extends Wanted>(wanted: Names): Record<keyof Names, string> {
  const found = Object.entries(wanted).map(([program, [name, from]]) => [program, find(name), from] as const);
  const missing = found.flatMap(([, path, from]) => (path ? [] : [from]));
  if (missing.length > 0) throw new ProgramsMissing(missing);
  return Object.fromEntries(found.map(([program, path]) => [program, path])) as Record<keyof Names, string>;
}

/** Finds HAProxy. */
export const findProxy = (): string => findAll(PROXY).haproxy;

/** Finds nginx, the HTTP cache of the tests. */
export const findCache = (): string => findAll(CACHE).nginx;

/** Finds the programs of a Galera cluster. */
export const findGalera = (): GaleraPrograms => ({ ...findAll(GALERA), ...findMariadb() });

/** Environment with the library path of the unpacked packages. */
export function withLibraries(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const folder = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch as 'x64' | 'arm64'];
  const libraries = join(UNPACKED, 'usr/lib', folder ?? '');
  const before = env.LD_LIBRARY_PATH;
  return { ...env, LD_LIBRARY_PATH: before ? `${before}:${libraries}` : libraries };
}
