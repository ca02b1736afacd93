import { padded, placeholders } from '../database';
import type { Capacity } from './claims';
import { Lane, type LaneLimits } from './lane';

/** Limits over all lanes of one worker. */
export interface SharedLimits {
  /** Maximum number of claimed jobs of the lanes that are not suspect. */
  maxJobs: number;
  /** Maximum of claimed jobs of suspect lanes: the last call failed, or one takes longer than `slowMs`. None starves others. */
  suspects: { maxJobs: number; slowMs: number };
}

/** Options of the lanes of one worker. */
export interface LanesOptions {
  /** Limits of each lane. */
  limits: LaneLimits;
  /** Names of the lanes. Jobs of other lanes are not claimed. Without it, lanes are created on demand. */
  names?: readonly string[];
  /** Limits over all lanes. Defaults to none. */
  sharedLimits?: SharedLimits;
  /** Whether the circuit breaker counts an error of a call. */
  countsAsFailure: (error: Error) => boolean;
  /** Called when the circuit of a lane opens or closes. */
  onCircuitChange: (lane: string, open: boolean) => void;
}

/** Usage of a lane. */
export interface LaneUsage {
  lane: string;
  /** Number of claimed jobs. */
  activeJobs: number;
  circuitOpen: boolean;
}

/** Claimed jobs of all lanes together, as a multiple of `maxJobs`: lanes become suspect while they have claimed jobs. */
const MAX_JOBS_FACTOR = 8;
/** Number of lanes above which idle, healthy lanes are dropped. */
const MAX_LANES = 5000;

/** Lanes of one worker. They decide how many jobs it may claim. */
export class Lanes implements Capacity {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly options: LanesOptions) {
    for (const name of options.names ?? []) this.of(name);
  }

  /** Lane with this name. Creates it on first use. */
  of(name: string): Lane {
    const known = this.lanes.get(name);
    if (known) return known;
    const { limits, countsAsFailure, onCircuitChange } = this.options;
    const lane = new Lane(limits, countsAsFailure, open => onCircuitChange(name, open));
    this.lanes.set(name, lane);
    return lane;
  }

  laneCondition(column: string) {
    const remaining = this.remaining();
    const names = (predicate: (lane: Lane) => boolean) =>
      [...this.lanes].flatMap(([name, lane]) => (predicate(lane) ? name : []));
    const hasCapacity = (lane: Lane) => this.slotsOf(lane) > 0 && remaining.of(lane) > 0;
    if (!this.options.names && remaining.healthy > 0) {
      const full = names(lane => !hasCapacity(lane));
      return full.length > 0 ? inList(`${column} NOT IN`, full) : { sql: 'TRUE', values: [] };
    }
    const open = names(hasCapacity);
    return open.length > 0 ? inList(`${column} IN`, open) : undefined;
  }

  select<T extends { lane: string }>(candidates: readonly T[]): T[] {
    const left = this.remaining();
    const slots = new Map<string, number>();
    return roundRobin(candidates).filter(({ lane: name }) => {
      const lane = this.lanes.get(name);
      const free = slots.get(name) ?? (lane ? this.slotsOf(lane) : this.slotsOfNewLane);
      if (free <= 0 || left.of(lane) <= 0) return false;
      slots.set(name, free - 1);
      left.take(lane);
      return true;
    });
  }

  /** Acquires a slot of a lane. The returned function releases it. */
  acquire(name: string): () => void {
    const lane = this.of(name);
    const release = lane.acquire();
    return () => {
      release();
      if (this.options.names || this.lanes.size <= MAX_LANES) return;
      const isIdle = lane.activeJobs === 0 && lane.retryAfterMs === 0;
      if (isIdle && !lane.circuitOpen && !lane.isFailing) this.lanes.delete(name);
    };
  }

  /** Usage of each lane. */
  get usage(): LaneUsage[] {
    return [...this.lanes].map(([lane, { activeJobs, circuitOpen }]) => ({ lane, activeJobs, circuitOpen }));
  }

  /** Milliseconds until slots are free although no job ends: half-open circuits, lanes that turn suspect. */
  get slotsFreeInMs(): number[] {
    const lanes = [...this.lanes.values()];
    const closed = lanes.flatMap(({ retryAfterMs }) => (retryAfterMs > 0 ? [retryAfterMs] : []));
    const { sharedLimits } = this.options;
    if (!sharedLimits || this.remaining().healthy > 0) return closed;
    const busy = lanes.filter(lane => lane.oldestCallMs > 0 && !this.isSuspect(lane));
    return [...closed, ...busy.map(({ oldestCallMs }) => 1 + sharedLimits.suspects.slowMs - oldestCallMs)];
  }

  private isSuspect(lane: Lane): boolean {
    const { sharedLimits } = this.options;
    return sharedLimits !== undefined && (lane.isFailing || lane.oldestCallMs > sharedLimits.suspects.slowMs);
  }

  /** With shared limits, a callee has one slot until a call has succeeded, because many new callees may hang at once. */
  private slotsOf(lane: Lane): number {
    const isTrusted = !this.options.sharedLimits || (lane.hasSucceeded && !this.isSuspect(lane));
    return isTrusted ? lane.availableSlots : Math.min(lane.availableSlots, 1 - lane.activeJobs);
  }

  private get slotsOfNewLane(): number {
    return this.options.sharedLimits ? 1 : this.options.limits.slots;
  }

  /** Remaining shared limits for suspect and for healthy lanes. A new lane counts as healthy. */
  private remaining() {
    const { sharedLimits } = this.options;
    const free = Number.POSITIVE_INFINITY;
    const left = { healthy: sharedLimits?.maxJobs ?? free, suspect: sharedLimits?.suspects.maxJobs ?? free };
    const key = (lane?: Lane) => (lane && this.isSuspect(lane) ? 'suspect' : 'healthy');
    let activeJobs = 0;
    for (const lane of this.lanes.values()) {
      left[key(lane)] -= lane.activeJobs;
      activeJobs += lane.activeJobs;
    }
    left.healthy = Math.min(left.healthy, MAX_JOBS_FACTOR * (sharedLimits?.maxJobs ?? free) - activeJobs);
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

/** Orders candidates round-robin over their lanes: the first of each lane, then the second of each, and so on. */
function roundRobin<T extends { lane: string }>(candidates: readonly T[]): T[] {
  const seen = new Map<string, number>();
  const ranked = candidates.map(candidate => {
    const rank = seen.get(candidate.lane) ?? 0;
    seen.set(candidate.lane, rank + 1);
    return { candidate, rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ candidate }) => candidate);
}
