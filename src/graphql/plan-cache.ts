import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ValidDocument } from './document-cache';
import type { Plan, Variables } from './plan';
import { Planner } from './planner';

/** Maximum size of all cached plans, in bytes of heap. */
const MAX_BYTES = 12 * 1024 * 1024;
/** Heap of a plan per node of its document, and per plan, which references the text. */
const BYTES_PER_NODE = 600;
const ENTRY_BYTES = 10 * 1024;

/** Cache of plans, one per operation and set of values of its directives. Bounded in bytes. */
export class PlanCache {
  private readonly plans = new LRUCache<string, Plan>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ nodes }) => ENTRY_BYTES + nodes * BYTES_PER_NODE,
  });

  constructor(private readonly schema: GraphQLSchema) {}

  /** Returns the plan of `operation` for coerced variables. Throws a GraphQLError if a directive has no usable value. */
  get(
    { id, ast, directiveVariables, isCacheable }: ValidDocument,
    operation: OperationDefinitionNode,
    variables: Variables,
  ): Plan {
    const key = `${id} ${operation.name?.value ?? ''} ${directiveVariables.map(name => variables[name])}`;
    const known = this.plans.get(key);
    if (known) return known;
    const plan = new Planner(this.schema, ast, variables).plan(operation);
    // A document that is not cached has another id the next time.
    if (isCacheable) this.plans.set(key, plan);
    return plan;
  }
}
