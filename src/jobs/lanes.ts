import { list } from '../database';
import type { Room } from './claims';
import { Lane, type LaneLimits } from './lane';

/** What the lanes of one worker are. */
export interface LanesOptions {
  /** Of each lane. */
  limits: LaneLimits;
  /** The lanes that there are; without it every lane that a job names, each made when it is first met. */
  only?: readonly string[];
  /** Jobs in hand at once, over all lanes. */
  most?: number;
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

/** The lanes of one worker, and so what it may claim. */
export class Lanes implements Room {
  private readonly lanes = new Map<string, Lane>();
  private taken = 0;

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
    if (this.left <= 0) return undefined;
    const has = (room: boolean) =>
      [...this.lanes].flatMap(([name, lane]) => (lane.room > 0 === room ? name : []));
    if (!this.options.only) {
      const full = has(false);
      return { sql: full.length > 0 ? `${column} NOT IN ${list(full)}` : 'TRUE', values: full };
    }
    const open = has(true);
    return open.length > 0 ? { sql: `${column} IN ${list(open)}`, values: open } : undefined;
  }

  choose<T extends { lane: string }>(candidates: readonly T[]): T[] {
    const room = new Map<string, number>();
    const chosen = candidates.filter(({ lane }) => {
      const left = room.get(lane) ?? this.lanes.get(lane)?.room ?? this.options.limits.slots;
      room.set(lane, left - 1);
      return left > 0;
    });
    return chosen.slice(0, this.left);
  }

  /** Takes a slot of the lane called `name`; the function that it gives frees it. */
  take(name: string): () => void {
    const leave = this.of(name).take();
    this.taken += 1;
    return () => {
      this.taken -= 1;
      leave();
    };
  }

  /** How each lane is used now. */
  get inUse(): LaneUse[] {
    return [...this.lanes].map(([lane, { inHand, circuitOpen }]) => ({ lane, inHand, circuitOpen }));
  }

  /** For how long each lane whose circuit is open lets nothing through, in milliseconds. */
  get closedForMs(): number[] {
    return [...this.lanes.values()].flatMap(({ closedForMs }) => (closedForMs > 0 ? [closedForMs] : []));
  }

  private get left(): number {
    return (this.options.most ?? Number.MAX_SAFE_INTEGER) - this.taken;
  }
}
