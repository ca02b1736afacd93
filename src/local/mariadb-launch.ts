import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { MariadbPrograms } from './find-mariadb';
import type { FolderLock } from './folder-lock';
import { freePort } from './free-port';
import { databaseUrl, writeInitFile } from './mariadb-account';
import { installDataDir } from './mariadb-install';
import { type MariadbLog, openMariadbLog } from './mariadb-log';
import { mariadbOptions } from './mariadb-options';
import { waitUntilReady } from './mariadb-ready';
import { spawnTied, type TiedProcess } from './spawn-tied';

const ATTEMPTS = 5;
const GIVE_UP_GRACE_MS = 10_000;

/** What a launch needs to know. */
export interface LaunchPlace {
  home: string;
  socketPath: string;
  password: string;
  throwaway: boolean;
}

/** A server that answers. */
export interface Launched {
  server: TiedProcess;
  port: number;
  url: string;
}

// Undefined when another process was faster to take the port.
async function attempt(
  command: string,
  options: string[],
  url: string,
  log: MariadbLog,
  lock: FolderLock,
): Promise<TiedProcess | undefined> {
  const server = spawnTied(command, options, { output: log.fd });
  lock.note({ child: server.pid });
  let ended: string | undefined;
  void server.exited.then(how => {
    ended = how;
  });
  try {
    await waitUntilReady(url, () => ended !== undefined);
  } catch (error) {
    await server.stop(GIVE_UP_GRACE_MS);
    throw new Error(`MariaDB does not answer: ${(error as Error).message}`, { cause: error });
  }
  if (ended === undefined) return server;
  const reason = log.reason() ?? ended;
  if (/Bind on TCP\/IP port|Address already in use/.test(reason)) return undefined;
  throw new Error(`MariaDB did not start: ${reason}`);
}

/** Makes the data folder if needed and starts a server on it, on `fixedPort` or a free one. */
export async function launchMariadb(
  programs: MariadbPrograms,
  place: LaunchPlace,
  lock: FolderLock,
  fixedPort?: number,
): Promise<Launched> {
  const log = openMariadbLog(join(place.home, 'mariadb.log'));
  const initFile = join(place.home, 'mariadb.init.sql');
  try {
    const dataDir = await installDataDir(programs, place.home, log);
    writeInitFile(initFile, place.password, place.throwaway);
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const port = fixedPort ?? (await freePort());
      const url = databaseUrl(place.password, port);
      const options = mariadbOptions({ ...place, dataDir, initFile, port });
      const server = await attempt(programs.server, options, url, log, lock);
      if (server) return { server, port, url };
    }
    throw new Error('MariaDB found no free TCP port to listen on.');
  } finally {
    rmSync(initFile, { force: true });
    log.close();
  }
}
