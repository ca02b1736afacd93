import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { CommandLine } from '../local/engine';
import { spawnTied, type TiedProcess } from '../local/spawn-tied';
import type { NodePlace } from './place';
import { Restartable } from './restartable';

const PAUSE_MS = 50;

/** Node of a database cluster. It can be killed and restarted on its data. */
export abstract class ClusterNode extends Restartable {
  constructor(
    readonly place: NodePlace,
    /** Administrator, without a password over the socket. */
    private readonly admin: string,
  ) {
    super();
  }

  /** Starts the node. Resolves when it is in sync with the cluster. `found` creates a new cluster. */
  async start({ found = false } = {}): Promise<void> {
    this.process = this.spawn(await this.command(found));
    let ended: string | undefined;
    void this.process.exited.then(how => {
      ended = how;
    });
    const until = async (isSo: () => Promise<boolean>) => {
      while (!(await isSo().catch(() => false))) {
        if (ended) throw new Error(`${this.place.name} did not start (${ended}): ${this.lastError()}`);
        await sleep(PAUSE_MS);
      }
    };
    await until(async () => (await this.query('SELECT 1')).length === 1);
    await this.join(found);
    await until(() => this.hasCaughtUp());
  }

  /** Runs statements as the administrator, on one connection. Resolves to the rows of the last one that has rows. */
  async query(...statements: string[]): Promise<RowDataPacket[]> {
    const connection = await createConnection({ socketPath: this.place.socketPath, user: this.admin });
    try {
      let found: RowDataPacket[] = [];
      for (const sql of statements) {
        const [rows] = await connection.query<RowDataPacket[]>(sql);
        if (Array.isArray(rows)) found = rows;
      }
      return found;
    } finally {
      await connection.end();
    }
  }

  /** Returns the command line of the server. */
  protected abstract command(found: boolean): Promise<CommandLine>;

  /** Joins the cluster, if the server does not do so by itself. `found` creates a new one. */
  abstract join(found?: boolean): Promise<void>;

  /** Whether the node is in sync with the cluster. */
  protected abstract hasCaughtUp(): Promise<boolean>;

  protected spawn(command: CommandLine, env?: NodeJS.ProcessEnv): TiedProcess {
    const log = openSync(this.logPath, 'a', 0o600);
    try {
      const [program, ...options] = this.place.network.enter(command);
      return spawnTied(program, options, { ...(env && { env }), output: log });
    } finally {
      closeSync(log);
    }
  }

  /** Path of the server's log. */
  protected get logPath(): string {
    return join(this.place.home, 'server.log');
  }

  private lastError(): string {
    const lines = readFileSync(this.logPath, 'utf8').split('\n');
    return lines.findLast(line => line.includes('[ERROR]')) ?? lines.at(-2) ?? '';
  }
}
