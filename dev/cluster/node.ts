import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { spawnTied, type TiedProcess } from '../local/spawn-tied';
import { type NodePlace, nodeOptions } from './galera-options';
import type { Programs } from './programs';
import { Restartable } from './restartable';

const PAUSE_MS = 50;

/** What the nodes of one cluster share. */
export interface Membership {
  programs: Programs;
  /** Leads to the programs of the transfer. */
  env: NodeJS.ProcessEnv;
  home: string;
  places: readonly NodePlace[];
}

/** One node of the cluster, which may be killed and come back on its own data. */
export class ClusterNode extends Restartable {
  constructor(
    readonly place: NodePlace,
    private readonly membership: Membership,
  ) {
    super();
    mkdirSync(place.dataDir, { recursive: true, mode: 0o700 });
  }

  /** Starts it and waits until it belongs to the cluster and has caught up; `found` makes a new cluster with it. */
  async start({ found = false } = {}): Promise<void> {
    const { programs, places } = this.membership;
    const more = found ? ['--wsrep-new-cluster'] : [];
    const options = [...nodeOptions(programs, this.place, places), ...more, ...(await this.position())];
    this.process = this.spawn(options);
    let ended: string | undefined;
    void this.process.exited.then(how => {
      ended = how;
    });
    while (!(await this.synced())) {
      if (ended) throw new Error(`${this.place.name} did not start (${ended}): ${this.lastError()}`);
      await sleep(PAUSE_MS);
    }
  }

  /** One statement as the user of this machine, over the socket. */
  async query(sql: string): Promise<RowDataPacket[]> {
    const connection = await createConnection({
      socketPath: this.place.socketPath,
      user: userInfo().username,
    });
    try {
      return (await connection.query<RowDataPacket[]>(sql))[0];
    } finally {
      await connection.end();
    }
  }

  /** Whether it belongs to the cluster and has what the others have. */
  private async synced(): Promise<boolean> {
    try {
      const [row] = await this.query(`SHOW STATUS LIKE 'wsrep_local_state_comment'`);
      return row?.Value === 'Synced';
    } catch {
      return false;
    }
  }

  /** Where a node that was killed stands, as its tables tell: without this it would fetch a whole copy. */
  private async position(): Promise<string[]> {
    if (!existsSync(join(this.place.dataDir, 'grastate.dat'))) return [];
    const recovery = this.spawn([
      ...nodeOptions(this.membership.programs, this.place, this.membership.places),
      '--wsrep-recover',
    ]);
    await recovery.exited;
    const log = readFileSync(this.logPath, 'utf8');
    const [, position] = /.*Recovered position: (\S+)/s.exec(log) ?? [];
    return position ? [`--wsrep-start-position=${position}`] : [];
  }

  private spawn(options: string[]): TiedProcess {
    const log = openSync(this.logPath, 'a', 0o600);
    try {
      return spawnTied(this.membership.programs.server, options, { env: this.membership.env, output: log });
    } finally {
      closeSync(log);
    }
  }

  private get logPath(): string {
    return join(this.membership.home, `${this.place.name}.log`);
  }

  private lastError(): string {
    const lines = readFileSync(this.logPath, 'utf8').split('\n');
    return lines.findLast(line => line.includes('[ERROR]')) ?? lines.at(-2) ?? '';
  }
}
