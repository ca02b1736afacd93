import type { GraphQLSchema } from 'graphql';
import type { PriceList } from '../../entities';
import type { Plan, Variables } from '../plan';
import { type ObjectPlan, planAnswer, type Written } from './plan';
import { type CatalogVersion, type PublicGraph, publicContext } from './public-queries';
import { writeObject } from './write';

/** Bound on plans and the texts that they keep, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Approximate heap of a plan for each node, and of a text beside its characters. */
const BYTES_PER_NODE = 400;
const TEXT_BYTES = 128;

/**
 * Writes the answers to public queries as JSON text. Texts of products, categories and add-ons are kept for one version
 * of the catalog; at the bound all of them are dropped.
 */
export class Writer {
  private plans = new Map<Plan, Map<string, ObjectPlan>>();
  private bytes = 0;
  private catalog: CatalogVersion | undefined;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly graph: PublicGraph,
    private readonly most = MOST_BYTES,
  ) {}

  /** The value of `data` for callers with this price list; throws the errors of resolvers. */
  write(plan: Plan, args: readonly Variables[], catalog: CatalogVersion, list: PriceList): Promise<Written> {
    if (catalog !== this.catalog || this.bytes > this.most) this.begin(catalog);
    const context = publicContext(catalog, list);
    const onKept = (text: string) => {
      this.bytes += text.length + TEXT_BYTES;
    };
    return writeObject(this.planFor(plan, list), undefined, { args, context, onKept });
  }

  private begin(catalog: CatalogVersion): void {
    this.catalog = catalog;
    this.plans = new Map();
    this.bytes = 0;
  }

  private planFor(plan: Plan, { id }: PriceList): ObjectPlan {
    const lists = this.plans.get(plan) ?? new Map<string, ObjectPlan>();
    const known = lists.get(id);
    if (known) return known;
    const planned = planAnswer(this.schema, plan, this.graph);
    this.plans.set(plan, lists.set(id, planned));
    this.bytes += plan.nodes * BYTES_PER_NODE;
    return planned;
  }
}
