import { type ExecutionResult, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { isIntrospection } from './introspection-cost';
import type { Plan } from './plan';

/** Bound on all kept answers, in bytes. */
const MOST_BYTES = 8 * 1024 * 1024;
/** A larger answer is not one of the usual tools. */
const LARGEST = 2 * 1024 * 1024;
/** Heap of an answer for each character of its JSON, measured. */
const BYTES_PER_CHARACTER = 3;

/** Answers to introspection, kept by document: the schema does not change while the process runs. */
export class Introspection {
  private readonly answers = new LRUCache<string, { result: ExecutionResult; bytes: number }>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ bytes }) => bytes,
  });
  private readonly keys = new WeakMap<Plan, string | null>();

  /** The kept answer to `plan`. */
  find(plan: Plan): ExecutionResult | undefined {
    const key = this.keyOf(plan);
    return key === null ? undefined : this.answers.get(key)?.result;
  }

  /** Keeps the answer to `plan` if it is introspection and nothing else. */
  keep(plan: Plan, result: ExecutionResult): void {
    const key = this.keyOf(plan);
    if (key === null || result.errors) return;
    const bytes = (JSON.stringify(result.data).length + key.length) * BYTES_PER_CHARACTER;
    if (bytes <= LARGEST) this.answers.set(key, { result, bytes });
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
