import DataLoader from 'dataloader';
import type { ActorContext, Context } from '../services/context';
import type { Loaders } from '../store';

/** Memoizes `read` by key as long as the loaders: one request, stream message, or mutation of several. */
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

/** Batches and memoizes `read` for the lifetime of the context's loaders. */
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

/** Returns a row that a foreign key guarantees. Throws if it is missing. */
export function required<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) throw new Error('A row that is referred to is missing.');
  return row;
}
