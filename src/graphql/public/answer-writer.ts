import type { GraphQLSchema } from 'graphql';
import type { PriceList } from '../../entities';
import type { CostReport } from '../cost-limiter';
import type { Plan, Variables } from '../plan';
import { JsonBuffer } from './json-buffer';
import { planAnswer } from './plan-answer';
import { type CatalogVersion, type PublicGraph, publicContext } from './public-queries';
import type { SelectionWriter } from './selection-writer';
import { writeObject } from './write-selection';

/** Maximum size of the plans and their cached fragments, in bytes. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Approximate heap of a plan per node, and of a fragment besides its bytes. */
const BYTES_PER_NODE = 800;
const FRAGMENT_BYTES = 256;

const DATA = Buffer.from('{"data":');
const END = '}'.charCodeAt(0);

/** Answer to a public query, in a buffer of the writer. */
export interface WrittenAnswer {
  /** JSON of the answer. */
  readonly bytes: Buffer;
  readonly cost: CostReport;
  /** Copies the answer without its cost. */
  withoutCost(): Buffer;
  /** Allows the writer to reuse the buffer. Call it when the bytes are no longer needed, or never. */
  release(): void;
}

/** Writes public answers as JSON. Caches fragments of one catalog version; drops all of them at the maximum size. */
export class AnswerWriter {
  private plans = new Map<Plan, Map<string, SelectionWriter>>();
  private bytes = 0;
  private catalog: CatalogVersion | undefined;
  private free: JsonBuffer | undefined;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly graph: PublicGraph,
    private readonly maxBytes = MAX_BYTES,
  ) {}

  /**
   * Writes the answer for callers with this price list. `settle` returns the cost of an answer with a number of objects. Throws
   * the errors of resolvers, and an error for a promise.
   */
  write(
    plan: Plan,
    args: readonly Variables[],
    catalog: CatalogVersion,
    list: PriceList,
    settle: (objects: number) => CostReport,
  ): WrittenAnswer {
    if (catalog !== this.catalog || this.bytes > this.maxBytes) this.reset(catalog);
    const out = this.free ?? new JsonBuffer();
    this.free = undefined;
    out.clear();
    out.writeBytes(DATA);
    const context = publicContext(catalog, list);
    const run = { args, context, out, onCached: this.count };
    const objects = writeObject(this.planFor(plan, list), undefined, run);
    const { length } = out;
    const cost = settle(objects);
    out.writeText(`,"extensions":{"cost":${JSON.stringify(cost)}}}`);
    return {
      bytes: out.since(0),
      cost,
      withoutCost: () => {
        const bytes = Buffer.allocUnsafeSlow(length + 1);
        bytes.set(out.since(0).subarray(0, length));
        bytes[length] = END;
        return bytes;
      },
      release: () => {
        if (out.isSmall) this.free = out;
      },
    };
  }

  private readonly count = (bytes: number): void => {
    this.bytes += bytes + FRAGMENT_BYTES;
  };

  private reset(catalog: CatalogVersion): void {
    this.catalog = catalog;
    this.plans = new Map();
    this.bytes = 0;
  }

  private planFor(plan: Plan, { id }: PriceList): SelectionWriter {
    const lists = this.plans.get(plan) ?? new Map<string, SelectionWriter>();
    const known = lists.get(id);
    if (known) return known;
    const planned = planAnswer(this.schema, plan, this.graph);
    this.plans.set(plan, lists.set(id, planned));
    this.bytes += plan.nodes * BYTES_PER_NODE;
    return planned;
  }
}
