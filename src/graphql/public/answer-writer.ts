import type { GraphQLSchema } from 'graphql';
import type { PriceList } from '../../entities';
import type { Plan, Variables } from '../plan';
import { type JsonFragment, planAnswer, type SelectionWriter } from './plan-answer';
import { type CatalogVersion, type PublicGraph, publicContext } from './public-queries';
import { writeObject } from './write-selection';

/** Maximum size of the plans and their cached fragments, in bytes. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Approximate heap of a plan per node, and of a fragment besides its characters. */
const BYTES_PER_NODE = 400;
const TEXT_BYTES = 128;

/** Writes public answers as JSON. Caches fragments of one catalog version; drops all of them at the maximum size. */
export class AnswerWriter {
  private plans = new Map<Plan, Map<string, SelectionWriter>>();
  private bytes = 0;
  private catalog: CatalogVersion | undefined;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly graph: PublicGraph,
    private readonly maxBytes = MAX_BYTES,
  ) {}

  /** Writes the value of `data` for callers with this price list. Throws the errors of resolvers. */
  write(
    plan: Plan,
    args: readonly Variables[],
    catalog: CatalogVersion,
    list: PriceList,
  ): Promise<JsonFragment> {
    if (catalog !== this.catalog || this.bytes > this.maxBytes) this.reset(catalog);
    const context = publicContext(catalog, list);
    const onCached = (text: string) => {
      this.bytes += text.length + TEXT_BYTES;
    };
    return writeObject(this.planFor(plan, list), undefined, { args, context, onCached });
  }

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
