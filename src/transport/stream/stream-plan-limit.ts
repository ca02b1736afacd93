import type { AdmittedOperation } from '../../graphql';

type Plan = AdmittedOperation['plan'];

/** Maximum plan nodes of the open streams of one caller: about 8 MB of heap. */
const MAX_NODES = 20_000;

/** Number of open streams by plan, and the total nodes of these plans. */
interface PlansInUse {
  readonly streams: Map<Plan, number>;
  nodes: number;
}

/**
 * Limits the plans that the open streams of a caller hold. Streams with the same plan share it; a caller that sends a new
 * document for each stream would otherwise exhaust the memory.
 */
export class StreamPlanLimit {
  private readonly callers = new Map<string, PlansInUse>();

  constructor(private readonly maxNodes = MAX_NODES) {}

  /** Acquires a plan for a stream of `caller`. Returns the release function, or undefined at the limit. */
  acquire(caller: string, plan: Plan): (() => void) | undefined {
    const held = this.callers.get(caller) ?? { streams: new Map<Plan, number>(), nodes: 0 };
    const count = held.streams.get(plan) ?? 0;
    const nodes = held.nodes + (count === 0 ? plan.nodes : 0);
    if (nodes > this.maxNodes) return undefined;
    held.nodes = nodes;
    held.streams.set(plan, count + 1);
    this.callers.set(caller, held);
    return () => this.release(caller, held, plan);
  }

  private release(caller: string, held: PlansInUse, plan: Plan): void {
    const left = (held.streams.get(plan) ?? 1) - 1;
    if (left > 0) {
      held.streams.set(plan, left);
      return;
    }
    held.streams.delete(plan);
    held.nodes -= plan.nodes;
    if (held.streams.size === 0) this.callers.delete(caller);
  }
}
