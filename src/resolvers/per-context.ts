import type { ActorContext, Context } from '../services/context';

/** Remembers what `read` gives for a key as long as the context lives: for one request, or one message of a stream. */
export function perContext<C extends Context = ActorContext, T = unknown>(
  read: (context: C, key: string) => Promise<T>,
): (context: C, key: string) => Promise<T> {
  const memo = new WeakMap<Context, Map<string, Promise<T>>>();
  return (context, key) => {
    const known = memo.get(context) ?? new Map<string, Promise<T>>();
    memo.set(context, known);
    const value = known.get(key) ?? read(context, key);
    known.set(key, value);
    return value;
  };
}

/** A row that another row refers to: a foreign key holds that it is there. */
export function present<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) throw new Error('A row that is referred to is missing.');
  return row;
}
