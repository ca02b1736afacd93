import type { AdmittedOperation } from '../../graphql';

type Plan = AdmittedOperation['plan'];

/** Nodes of all plans that the open streams of one caller hold: about 8 MB of heap. */
const MOST_NODES = 20_000;

/** Open streams by plan, and the nodes of these plans. */
interface Held {
  readonly streams: Map<Plan, number>;
  nodes: number;
}

/**
 * Bounds the plans that open streams hold, by caller. Streams with the same plan share it; a caller that sends a new
 * document for each stream would otherwise fill the memory.
 */
export class HeldPlans {
  private readonly callers = new Map<string, Held>();

  constructor(private readonly most = MOST_NODES) {}

  /** Holds a plan for a stream of `caller` until the result is called; undefined if the caller holds too much. */
  hold(caller: string, plan: Plan): (() => void) | undefined {
    const held = this.callers.get(caller) ?? { streams: new Map<Plan, number>(), nodes: 0 };
    const count = held.streams.get(plan) ?? 0;
    const nodes = held.nodes + (count === 0 ? plan.nodes : 0);
    if (nodes > this.most) return undefined;
    held.nodes = nodes;
    held.streams.set(plan, count + 1);
    this.callers.set(caller, held);
    return () => this.release(caller, held, plan);
  }

  private release(caller: string, held: Held, plan: Plan): void {
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
