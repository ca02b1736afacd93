import DataLoader from 'dataloader';
import type { ActorContext, Context } from '../services/context';
import type { Loaders } from '../store';

/**
 * Remembers what `read` gives for a key as long as the context's loaders live: for one request, one message of a stream,
 * or one of several changes in a document.
 */
export function perContext<C extends Context = ActorContext, T = unknown>(
  read: (context: C, key: string) => Promise<T>,
): (context: C, key: string) => Promise<T> {
  const memo = new WeakMap<Loaders, Map<string, Promise<T>>>();
  return (context, key) => {
    const known = memo.get(context.load) ?? new Map<string, Promise<T>>();
    memo.set(context.load, known);
    const value = known.get(key) ?? read(context, key);
    known.set(key, value);
    return value;
  };
}

/** The same for many keys at once: what is asked for in one go is read in one go. */
export function batchPerContext<K, T>(
  read: (context: ActorContext, keys: readonly K[]) => Promise<readonly T[]>,
  nameOf: (key: K) => string,
): (context: ActorContext, key: K) => Promise<T> {
  const loaders = new WeakMap<Loaders, DataLoader<K, T, string>>();
  return (context, key) => {
    const loader =
      loaders.get(context.load) ??
      new DataLoader<K, T, string>(keys => read(context, keys), { cacheKeyFn: nameOf });
    loaders.set(context.load, loader);
    return loader.load(key);
  };
}

/** A row that another row refers to: a foreign key holds that it is there. */
export function required<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) throw new Error('A row that is referred to is missing.');
  return row;
}
