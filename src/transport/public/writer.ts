import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { PriceList } from '../../entities';
import { type CatalogNow, publicContext } from './documents';
import { type ObjectPlan, planOf, type Variables, type Written } from './plan';
import { writeObject } from './write';

/** What plans and the texts that they keep may take, in bytes. */
const MOST_BYTES = 32 * 1024 * 1024;
/** What a plan, and a text, takes besides what it says, roughly. */
const PLAN_BYTES = 4096;
const TEXT_BYTES = 128;

/**
 * Writes the answers to public queries, with the texts of products, categories and add-ons that were written before: for
 * one catalog, and bounded, beyond which it begins anew.
 */
export class Writer {
  private plans = new Map<DocumentNode, Map<string, ObjectPlan>>();
  private bytes = 0;
  private catalog: CatalogNow | undefined;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly most = MOST_BYTES,
  ) {}

  /** The value of `data` for whoever has this price list; throws whatever a resolver does. */
  write(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
    catalog: CatalogNow,
    list: PriceList,
  ): Promise<Written> {
    if (catalog !== this.catalog || this.bytes > this.most) this.begin(catalog);
    const plan = this.planFor(document, operation, variables, list);
    const context = publicContext(catalog, list);
    const onKept = (text: string) => {
      this.bytes += text.length + TEXT_BYTES;
    };
    return writeObject(plan, undefined, { variables, context, onKept });
  }

  private begin(catalog: CatalogNow): void {
    this.catalog = catalog;
    this.plans = new Map();
    this.bytes = 0;
  }

  private planFor(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
    { id }: PriceList,
  ): ObjectPlan {
    // What is skipped and included is part of a plan.
    const booleans = Object.entries(variables).filter(([, value]) => typeof value === 'boolean');
    const key = `${operation.name?.value} ${id} ${booleans}`;
    const plans = this.plans.get(document) ?? new Map<string, ObjectPlan>();
    const plan = plans.get(key) ?? planOf(this.schema, document, operation, variables);
    if (!plans.has(key)) {
      this.plans.set(document, plans.set(key, plan));
      this.bytes += PLAN_BYTES;
    }
    return plan;
  }
}
