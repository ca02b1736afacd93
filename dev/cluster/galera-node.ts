import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { CommandLine } from '../local/engine';
import { nodeOptions } from './galera-options';
import { ClusterNode } from './node';
import type { NodePlace } from './place';
import type { GaleraPrograms } from './programs';

/** Properties shared by the nodes of one Galera cluster. */
export interface GaleraMembership {
  programs: GaleraPrograms;
  /** Environment with the programs of the state transfer. */
  env: NodeJS.ProcessEnv;
  places: readonly NodePlace[];
}

/** Node of a Galera cluster. */
export class GaleraNode extends ClusterNode {
  constructor(
    place: NodePlace,
    private readonly membership: GaleraMembership,
  ) {
    super(place, userInfo().username);
  }

  protected override async command(found: boolean): Promise<CommandLine> {
    const more = found ? ['--wsrep-new-cluster'] : [];
    return [...this.common(), ...more, ...(await this.position())];
  }

  /** Joins by its options; nothing to do. */
  override async join(): Promise<void> {}

  protected override async hasCaughtUp(): Promise<boolean> {
    const [row] = await this.query(`SHOW STATUS LIKE 'wsrep_local_state_comment'`);
    return row?.Value === 'Synced';
  }

  protected override spawn(command: CommandLine) {
    return super.spawn(command, this.membership.env);
  }

  private common(): CommandLine {
    const { programs, places } = this.membership;
    return [programs.server, ...nodeOptions(programs, this.place, places)];
  }

  /** Position of a killed node, recovered from its tables. Without it, the node would need a full state transfer. */
  private async position(): Promise<string[]> {
    if (!existsSync(join(this.place.dataDir, 'grastate.dat'))) return [];
    const recovery = this.spawn([...this.common(), '--wsrep-recover']);
    await recovery.exited;
    const log = readFileSync(this.logPath, 'utf8');
    const [, position] = /.*Recovered position: (\S+)/s.exec(log) ?? [];
    return position ? [`--wsrep-start-position=${position}`] : [];
  }
}
