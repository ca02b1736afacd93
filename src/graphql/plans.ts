import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { KnownDocument } from './documents';
import type { Plan, Variables } from './plan';
import { Planner } from './planner';

/** Bound on all plans that are kept, in bytes of heap. */
const MOST_BYTES = 12 * 1024 * 1024;
/** Heap that a plan takes for each node of its document, and at least: it refers to the text. */
const BYTES_PER_NODE = 600;
const OVERHEAD = 10 * 1024;

/** Plans of documents, bounded in bytes: one for each operation and set of values of its directives. */
export class Plans {
  private readonly known = new LRUCache<string, Plan>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ nodes }) => OVERHEAD + nodes * BYTES_PER_NODE,
  });

  constructor(private readonly schema: GraphQLSchema) {}

  /** The plan of `operation` for these coerced variables; throws a GraphQLError if a directive has no usable value. */
  get(
    { id, document, switches, isKept }: KnownDocument,
    operation: OperationDefinitionNode,
    variables: Variables,
  ): Plan {
    const key = `${id} ${operation.name?.value ?? ''} ${switches.map(name => variables[name])}`;
    const known = this.known.get(key);
    if (known) return known;
    const plan = new Planner(this.schema, document, variables).plan(operation);
    // The document comes under another id the next time.
    if (isKept) this.known.set(key, plan);
    return plan;
  }
}
