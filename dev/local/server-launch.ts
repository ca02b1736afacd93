import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder } from './data-folder';
import type { CommandLine, Engine } from './engine';
import type { FolderLock } from './folder-lock';
import { freePort } from './free-port';
import { databaseUrl, writeInitFile } from './server-account';
import { openServerLog, type ServerLog } from './server-log';
import { waitUntilReady } from './server-ready';
import { spawnTied, type TiedProcess } from './spawn-tied';

const ATTEMPTS = 5;
const GIVE_UP_GRACE_MS = 10_000;

/** Options of a launch. */
export interface LaunchOptions {
  home: string;
  socketPath: string;
  password: string;
  throwaway: boolean;
}

/** Running server. */
export interface LaunchedServer {
  server: TiedProcess;
  port: number;
  url: string;
}

// Undefined if another process has taken the port.
async function attempt(
  title: string,
  [program, ...args]: CommandLine,
  url: string,
  log: ServerLog,
  lock: FolderLock,
): Promise<TiedProcess | undefined> {
  const server = spawnTied(program, args, { output: log.fd });
  lock.note({ child: server.pid });
  let ended: string | undefined;
  void server.exited.then(how => {
    ended = how;
  });
  try {
    await waitUntilReady(url, () => ended !== undefined);
  } catch (error) {
    await server.stop(GIVE_UP_GRACE_MS);
    throw new Error(`${title} does not answer: ${(error as Error).message}`, { cause: error });
  }
  if (ended === undefined) return server;
  const reason = log.reason() ?? ended;
  if (/Bind on TCP\/IP port|Address already in use/i.test(reason)) return undefined;
  throw new Error(`${title} did not start: ${reason}`);
}

/** Creates the data folder if needed, and starts a server on `fixedPort` or a free port. */
export async function launchServer(
  engine: Engine,
  place: LaunchOptions,
  lock: FolderLock,
  fixedPort?: number,
): Promise<LaunchedServer> {
  const { id, title } = engine;
  const programs = engine.find();
  const log = openServerLog(join(place.home, `${id}.log`));
  const initFile = join(place.home, `${id}.init.sql`);
  try {
    const dataDir = await makeDataFolder(place.home, id, draft => programs.install(place.home, draft, log));
    writeInitFile(engine, initFile, place.password, place.throwaway);
    // A killed MySQL leaves it, and a process with the same number keeps the next one out. The folder's lock is ours.
    rmSync(`${place.socketPath}.lock`, { force: true });
    for (let tries = 0; tries < ATTEMPTS; tries += 1) {
      const port = fixedPort ?? (await freePort());
      const url = databaseUrl(place.password, port);
      const command = programs.serve({ ...place, dataDir, initFile, port });
      const server = await attempt(title, command, url, log, lock);
      if (server) return { server, port, url };
    }
    throw new Error(`${title} found no free TCP port to listen on.`);
  } finally {
    rmSync(initFile, { force: true });
    log.close();
  }
}
