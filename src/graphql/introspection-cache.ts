import { type ExecutionResult, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { isIntrospection } from './introspection-cost';
import type { Plan } from './plan';

/** Maximum size of the cache in bytes. */
const MAX_BYTES = 8 * 1024 * 1024;
/** Maximum size of a cached answer. Answers to common tools are smaller. */
const MAX_ENTRY_BYTES = 2 * 1024 * 1024;
/** Measured heap of an answer per character of its JSON. */
const BYTES_PER_CHARACTER = 3;

/** Cache of introspection answers by document. The schema does not change while the process runs. */
export class IntrospectionCache {
  private readonly answers = new LRUCache<string, { result: ExecutionResult; bytes: number }>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ bytes }) => bytes,
  });
  private readonly keys = new WeakMap<Plan, string | null>();

  /** Returns the cached answer to `plan`. */
  find(plan: Plan): ExecutionResult | undefined {
    const key = this.keyOf(plan);
    return key === null ? undefined : this.answers.get(key)?.result;
  }

  /** Caches the answer to `plan` if all its root fields are introspection. */
  store(plan: Plan, result: ExecutionResult): void {
    const key = this.keyOf(plan);
    if (key === null || result.errors) return;
    const bytes = (JSON.stringify(result.data).length + key.length) * BYTES_PER_CHARACTER;
    if (bytes <= MAX_ENTRY_BYTES) this.answers.set(key, { result, bytes });
  }

  private keyOf(plan: Plan): string | null {
    const known = this.keys.get(plan);
    if (known !== undefined) return known;
    const { fields } = plan.selection;
    const isOnly = fields.length > 0 && fields.every(({ field }) => isIntrospection(field));
    const key = isOnly && plan.slots.every(({ constant }) => constant) ? keyOf(plan) : null;
    this.keys.set(plan, key);
    return key;
  }
}

const keyOf = ({ document, slots }: Plan): string =>
  JSON.stringify([print(document), slots.map(({ constant }) => constant)]);
