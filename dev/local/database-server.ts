import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Engine } from './engine';
import { chooseEngine } from './engines';
import { acquireLock, type FolderLock } from './folder-lock';
import { loadOrCreateSecret } from './load-or-create-secret';
import type { Log } from './log';
import { launchServer } from './server-launch';
import { chooseSocket } from './socket-path';
import { makeThrowawayHome } from './throwaway';

const STOP_GRACE_MS = 30_000;

/** Options of a server. `engine` defaults to the one that `DATABASE` names, `port` to a free port. */
export type DatabaseRequest = { log: Log; port?: number; engine?: Engine } & (
  | { dataDir: string; throwaway?: false }
  | { throwaway: true }
);

/** Private server of this process. */
export interface DatabaseServer {
  /** mysql://user:password@127.0.0.1:port/skybasket */
  readonly url: string;
  readonly port: number;
  readonly socketPath: string;
  readonly pid: number;
  /** Resolves with the exit code or signal of the server. After that, its data can be used again. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

async function openHome(request: DatabaseRequest): Promise<string> {
  if (request.throwaway) return makeThrowawayHome();
  const home = resolve(request.dataDir);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  return home;
}

async function startIn(
  engine: Engine,
  home: string,
  request: DatabaseRequest,
  lock: FolderLock,
): Promise<DatabaseServer> {
  const throwaway = request.throwaway ?? false;
  const socket = chooseSocket(home, engine.id);
  const leave = () => {
    if (socket.scratch) rmSync(socket.scratch, { recursive: true, force: true });
    lock.release();
  };
  try {
    lock.note(socket);
    const password = loadOrCreateSecret(join(home, `${engine.id}.password`));
    const place = { home, socketPath: socket.path, password, throwaway };
    const { server, port, url } = await launchServer(engine, place, lock, request.port);
    request.log(`${engine.title} is ready on port ${port}; its data is in ${home}.`);
    const exited = server.exited.then(how => {
      leave();
      return how;
    });
    const stop = async () => {
      await server.stop(STOP_GRACE_MS);
      await exited;
      if (throwaway) rmSync(home, { recursive: true, force: true });
    };
    return { url, port, socketPath: socket.path, pid: server.pid, exited, stop };
  } catch (error) {
    leave();
    if (throwaway) rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

/** Starts a private database server and locks its data. Resolves when the server answers. */
export async function startDatabase(request: DatabaseRequest): Promise<DatabaseServer> {
  const engine = request.engine ?? chooseEngine(process.env);
  const home = await openHome(request);
  const lock = await acquireLock(join(home, `${engine.id}.lock`), `The data folder ${home}`);
  return startIn(engine, home, request, lock);
}
