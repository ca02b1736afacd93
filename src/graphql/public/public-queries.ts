import { OperationTypeNode } from 'graphql';
import type { PriceList } from '../../entities';
import type { Context, Dependencies } from '../../services/context';
import type { Plan } from '../plan';

/** Part of the graph whose values depend on nothing but the catalog, the price list and arguments. */
export interface PublicGraph {
  /** `Type.field` of each public field. */
  readonly fields: ReadonlySet<string>;
  /** Types whose objects belong to the catalog in memory. */
  readonly types: ReadonlySet<string>;
}

/** Version of the catalog. */
export type CatalogVersion = Dependencies['catalog']['current'];

const cache = new WeakMap<Plan, boolean>();

/** Whether a plan is a query of public fields only. */
export function isPublic(plan: Plan, { fields }: PublicGraph): boolean {
  const cached = cache.get(plan);
  if (cached !== undefined) return cached;
  const found = plan.kind === OperationTypeNode.QUERY && [...plan.fields].every(name => fields.has(name));
  cache.set(plan, found);
  return found;
}

/** Context of public queries. A field that is listed as public by mistake fails instead of disclosing values. */
export function publicContext(current: CatalogVersion, { id: priceListId }: PriceList): Context {
  return { catalog: { current }, actor: { priceListId, resellerId: null } } as unknown as Context;
}
