import type { GraphQLSchema } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Plan } from './plan';

/** Executes one operation. */
export type Execute = CompiledQuery['query'];

/** Bound on all compiled operations, in bytes of heap. */
const MOST_BYTES = 24 * 1024 * 1024;
/** Heap of compiled code for each node of a plan's document, measured; and at least. */
const BYTES_PER_NODE = 4096;
const OVERHEAD = 16 * 1024;

/** A compiled answer is an object literal, in which this name sets the prototype. */
const UNSAFE_NAME = '__proto__';

/** Compiles plans that are executed a second time, bounded in bytes. */
export class Compiler {
  private readonly compiled = new LRUCache<Plan, { execute: Execute | null; nodes: number }>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ nodes }) => OVERHEAD + nodes * BYTES_PER_NODE,
  });
  private readonly seen = new WeakSet<Plan>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly log: Pick<Logger, 'warn'>,
  ) {}

  /** Compiled code of `plan`; null if the interpreter has to execute it. */
  get(plan: Plan): Execute | null {
    const known = this.compiled.get(plan);
    if (known) return known.execute;
    if (!this.cameBefore(plan)) return null;
    const execute = this.compile(plan);
    this.compiled.set(plan, { execute, nodes: execute ? plan.nodes : 0 });
    return execute;
  }

  /** Whether `get` compiles `plan`, which blocks the event loop. */
  compilesNow(plan: Plan): boolean {
    return this.seen.has(plan) && !this.compiled.has(plan);
  }

  private cameBefore(plan: Plan): boolean {
    if (this.seen.has(plan)) return true;
    this.seen.add(plan);
    return false;
  }

  private compile({ document, name }: Plan): Execute | null {
    if (JSON.stringify(document.definitions, namesOnly).includes(`"${UNSAFE_NAME}"`)) return null;
    // The compiler writes notes into the nodes, which are the plan's own and are used for nothing else but execution.
    const made = compileQuery(this.schema, document, name ?? '', {
      // Values of tables and of TypeScript's types are serialized already.
      disableLeafSerialization: true,
    });
    if (isCompiledQuery(made)) return made.query;
    this.log.warn({ err: made.errors?.[0], operation: name }, 'an operation cannot be compiled');
    return null;
  }
}

/** Leaves out positions in the text, which refer to each other in a circle. */
const namesOnly = (key: string, value: unknown) => (key === 'loc' ? undefined : value);
