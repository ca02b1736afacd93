import { padded, placeholders } from '../database';
import type { Room } from './claims';
import { Lane, type LaneLimits } from './lane';

/** Bounds over all lanes of one worker. */
export interface Share {
  /** Jobs in hand at once, over the lanes that are not suspect. */
  most: number;
  /**
   * Jobs in hand at once, over the suspect lanes, one each: those whose last call failed or whose oldest call has been out
   * for longer than `slowMs`. However many callees hang, the others keep their places.
   */
  suspects: { most: number; slowMs: number };
}

/** What the lanes of one worker are. */
export interface LanesOptions {
  /** Of each lane. */
  limits: LaneLimits;
  /** The lanes that there are; without it every lane that a job names, each made when it is first met. */
  only?: readonly string[];
  /** Without it each lane has its own limits and no others. */
  share?: Share;
  /** Whether an error of a call says that the callee is sick. */
  sick: (error: Error) => boolean;
  /** The circuit of a lane has opened or closed. */
  onCircuit: (lane: string, open: boolean) => void;
}

/** How a lane is used. */
export interface LaneUse {
  lane: string;
  /** Jobs. */
  inHand: number;
  circuitOpen: boolean;
}

/** Jobs in hand at once, over all lanes, as a multiple of those of a share: lanes become suspect with jobs in hand. */
const AT_ONCE = 8;
/** Lanes that are known at once; beyond it those that are idle and well are forgotten. */
const MOST_KNOWN = 5000;

/** The lanes of one worker, and so what it may claim. */
export class Lanes implements Room {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly options: LanesOptions) {
    for (const name of options.only ?? []) this.of(name);
  }

  /** The lane called `name`. */
  of(name: string): Lane {
    const known = this.lanes.get(name);
    if (known) return known;
    const { limits, sick, onCircuit } = this.options;
    const lane = new Lane(limits, sick, open => onCircuit(name, open));
    this.lanes.set(name, lane);
    return lane;
  }

  among(column: string) {
    const left = this.left();
    const names = (isWanted: (lane: Lane) => boolean) =>
      [...this.lanes].flatMap(([name, lane]) => (isWanted(lane) ? name : []));
    const hasRoom = (lane: Lane) => this.roomOf(lane) > 0 && left.of(lane) > 0;
    if (!this.options.only && left.healthy > 0) {
      const full = names(lane => !hasRoom(lane));
      return full.length > 0 ? inList(`${column} NOT IN`, full) : { sql: 'TRUE', values: [] };
    }
    const open = names(hasRoom);
    return open.length > 0 ? inList(`${column} IN`, open) : undefined;
  }

  choose<T extends { lane: string }>(candidates: readonly T[]): T[] {
    const left = this.left();
    const room = new Map<string, number>();
    return oneOfEachFirst(candidates).filter(({ lane: name }) => {
      const lane = this.lanes.get(name);
      const free = room.get(name) ?? (lane ? this.roomOf(lane) : this.unknownRoom);
      if (free <= 0 || left.of(lane) <= 0) return false;
      room.set(name, free - 1);
      left.take(lane);
      return true;
    });
  }

  /** Takes a slot of the lane called `name`; the function that it gives frees it. */
  take(name: string): () => void {
    const lane = this.of(name);
    const leave = lane.take();
    return () => {
      leave();
      if (this.options.only || this.lanes.size <= MOST_KNOWN) return;
      const isIdle = lane.inHand === 0 && lane.closedForMs === 0;
      if (isIdle && !lane.circuitOpen && !lane.isFailing) this.lanes.delete(name);
    };
  }

  /** How each lane is used now. */
  get inUse(): LaneUse[] {
    return [...this.lanes].map(([lane, { inHand, circuitOpen }]) => ({ lane, inHand, circuitOpen }));
  }

  /** Milliseconds after which more may be claimed although no job ends: a closed lane opens, or a busy one turns suspect. */
  get opensInMs(): number[] {
    const lanes = [...this.lanes.values()];
    const closed = lanes.flatMap(({ closedForMs }) => (closedForMs > 0 ? [closedForMs] : []));
    const { share } = this.options;
    if (!share || this.left().healthy > 0) return closed;
    const busy = lanes.filter(lane => lane.oldestCallMs > 0 && !this.isSuspect(lane));
    return [...closed, ...busy.map(({ oldestCallMs }) => 1 + share.suspects.slowMs - oldestCallMs)];
  }

  private isSuspect(lane: Lane): boolean {
    const { share } = this.options;
    return share !== undefined && (lane.isFailing || lane.oldestCallMs > share.suspects.slowMs);
  }

  /** Where places are shared, a callee has one until it has taken something: a hundred new ones may all hang. */
  private roomOf(lane: Lane): number {
    const isTrusted = !this.options.share || (lane.isProven && !this.isSuspect(lane));
    return isTrusted ? lane.room : Math.min(lane.room, 1 - lane.inHand);
  }

  private get unknownRoom(): number {
    return this.options.share ? 1 : this.options.limits.slots;
  }

  /** Jobs that may still be claimed, for lanes that are suspect and for those that are not; an unknown lane is not. */
  private left() {
    const { share } = this.options;
    const free = Number.POSITIVE_INFINITY;
    const left = { healthy: share?.most ?? free, suspect: share?.suspects.most ?? free };
    const key = (lane?: Lane) => (lane && this.isSuspect(lane) ? 'suspect' : 'healthy');
    let inHand = 0;
    for (const lane of this.lanes.values()) {
      left[key(lane)] -= lane.inHand;
      inHand += lane.inHand;
    }
    left.healthy = Math.min(left.healthy, AT_ONCE * (share?.most ?? free) - inHand);
    return {
      ...left,
      of: (lane?: Lane) => left[key(lane)],
      take: (lane?: Lane) => {
        left[key(lane)] -= 1;
      },
    };
  }
}

function inList(condition: string, names: string[]) {
  const values = padded(names);
  return { sql: `${condition} ${placeholders(values)}`, values };
}

/** The first job of each lane, then the second of each, and so on; otherwise in the order that they have. */
function oneOfEachFirst<T extends { lane: string }>(candidates: readonly T[]): T[] {
  const seen = new Map<string, number>();
  const ranked = candidates.map(candidate => {
    const rank = seen.get(candidate.lane) ?? 0;
    seen.set(candidate.lane, rank + 1);
    return { candidate, rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ candidate }) => candidate);
}
