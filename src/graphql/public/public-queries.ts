import { OperationTypeNode } from 'graphql';
import type { PriceList } from '../../entities';
import type { Context, Dependencies } from '../../services/context';
import type { Plan } from '../plan';

/** The part of the graph whose values depend on nothing but the catalog, the price list and arguments. */
export interface PublicGraph {
  /** `Type.field` of each such field. */
  readonly fields: ReadonlySet<string>;
  /** Types whose objects are those of the catalog in memory. */
  readonly types: ReadonlySet<string>;
}

/** One version of the catalog. */
export type CatalogVersion = Dependencies['catalog']['current'];

const known = new WeakMap<Plan, boolean>();

/** Whether a plan is a query that selects public fields and nothing else. */
export function isPublic(plan: Plan, { fields }: PublicGraph): boolean {
  const before = known.get(plan);
  if (before !== undefined) return before;
  const found = plan.kind === OperationTypeNode.QUERY && [...plan.fields].every(name => fields.has(name));
  known.set(plan, found);
  return found;
}

/**
 * The context in which public queries are executed: one version of the catalog, and of the caller nothing but the price
 * list. A field that is listed as public by mistake fails in it instead of reaching other callers.
 */
export function publicContext(current: CatalogVersion, { id: priceListId }: PriceList): Context {
  return { catalog: { current }, actor: { priceListId } } as unknown as Context;
}
