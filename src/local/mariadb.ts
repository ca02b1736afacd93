import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findMariadb } from './find-mariadb';
import { type FolderLock, takeLock } from './folder-lock';
import { keptSecret } from './kept-secret';
import type { Log } from './log';
import { launchMariadb } from './mariadb-launch';
import { chooseSocket } from './socket-path';
import { makeThrowawayHome } from './throwaway';

const STOP_GRACE_MS = 30_000;

/** Which data, and at which port (a free one unless told). */
export type MariadbRequest = { log: Log; port?: number } & (
  | { dataDir: string; throwaway?: false }
  | { throwaway: true }
);

/** A private server of this process. */
export interface Mariadb {
  /** mysql://user:password@127.0.0.1:port/skybasket */
  readonly url: string;
  readonly port: number;
  readonly socketPath: string;
  readonly pid: number;
  /** Resolves with how the server ended; its data may be taken again from then on. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

async function openHome(request: MariadbRequest): Promise<string> {
  if (request.throwaway) return makeThrowawayHome();
  const home = resolve(request.dataDir);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  return home;
}

async function startIn(home: string, request: MariadbRequest, lock: FolderLock): Promise<Mariadb> {
  const throwaway = request.throwaway ?? false;
  const socket = chooseSocket(home);
  const leave = () => {
    if (socket.scratch) rmSync(socket.scratch, { recursive: true, force: true });
    lock.release();
  };
  try {
    lock.note(socket);
    const password = keptSecret(join(home, 'mariadb.password'));
    const place = { home, socketPath: socket.path, password, throwaway };
    const { server, port, url } = await launchMariadb(findMariadb(), place, lock, request.port);
    request.log(`MariaDB is ready on port ${port}; its data is in ${home}.`);
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

/** Starts a private MariaDB on its own data, which one process at a time may have, and waits until it answers. */
export async function startMariadb(request: MariadbRequest): Promise<Mariadb> {
  const home = await openHome(request);
  const lock = await takeLock(join(home, 'mariadb.lock'), `The data folder ${home}`);
  return startIn(home, request, lock);
}
