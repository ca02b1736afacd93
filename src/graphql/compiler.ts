import type { GraphQLSchema } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Plan } from './plan';

/** Executes one operation. */
export type Execute = CompiledQuery['query'];

/** Maximum size of all compiled operations, in bytes of heap. */
const MAX_BYTES = 24 * 1024 * 1024;
/** Measured heap of compiled code per node of a plan's document, and per operation. */
const BYTES_PER_NODE = 4096;
const ENTRY_BYTES = 16 * 1024;

/** Compiled code returns object literals, in which this response name would set the prototype. */
const UNSAFE_NAME = '__proto__';

/** Compiles plans at their second execution. Caches compiled code, bounded in bytes. */
export class Compiler {
  private readonly compiled = new LRUCache<Plan, { execute: Execute | null; nodes: number }>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ nodes }) => ENTRY_BYTES + nodes * BYTES_PER_NODE,
  });
  private readonly executed = new WeakSet<Plan>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly log: Pick<Logger, 'warn'>,
  ) {}

  /** Returns the compiled code of a plan. Null if graphql-js must execute it. */
  get(plan: Plan): Execute | null {
    const known = this.compiled.get(plan);
    if (known) return known.execute;
    if (!this.wasExecuted(plan)) return null;
    const execute = this.compile(plan);
    this.compiled.set(plan, { execute, nodes: execute ? plan.nodes : 0 });
    return execute;
  }

  /** Whether `get` will compile `plan`, which blocks the event loop. */
  willCompile(plan: Plan): boolean {
    return this.executed.has(plan) && !this.compiled.has(plan);
  }

  private wasExecuted(plan: Plan): boolean {
    if (this.executed.has(plan)) return true;
    this.executed.add(plan);
    return false;
  }

  private compile({ document, name }: Plan): Execute | null {
    if (JSON.stringify(document.definitions, withoutLocations).includes(`"${UNSAFE_NAME}"`)) return null;
    // The compiler annotates the nodes, which belong to the plan and are used for execution only.
    const made = compileQuery(this.schema, document, name ?? '', {
      // Values from tables and TypeScript types are serialized already.
      disableLeafSerialization: true,
    });
    if (isCompiledQuery(made)) return made.query;
    this.log.warn({ err: made.errors?.[0], operation: name }, 'operation cannot be compiled');
    return null;
  }
}

/** Omits locations, which are circular. */
const withoutLocations = (key: string, value: unknown) => (key === 'loc' ? undefined : value);
