import { mapExchange } from 'urql';

/** Time at which the reading of an operation began, in milliseconds. A read is at least as new as its beginning. */
const times = new WeakMap<object, number>();

/** Remembers the times of the provisioning operations in `value`, down to any depth. */
function rememberTime(value: unknown, at: number): void {
  if (typeof value !== 'object' || value === null) return;
  if ((value as { __typename?: string }).__typename === 'ProvisioningOperation') times.set(value, at);
  for (const below of Object.values(value)) rememberTime(below, at);
}

/** Remembers the time of an operation of the stream. */
export const rememberStreamed = (operation: object): void => void times.set(operation, Date.now());

/**
 * The newer of two versions of an operation, one of a query and one of the stream. They have no version to compare, and the
 * stream can be interrupted while queries are answered, so the time of reading decides.
 */
export function newer<A extends object, B extends object>(read: A, streamed: B | undefined): A | B {
  if (!streamed) return read;
  return (times.get(streamed) ?? 0) >= (times.get(read) ?? 0) ? streamed : read;
}

/** Remembers when each query began. Comes after the cache, whose results keep the time of their reading. */
export function readTimesExchange() {
  const begun = new Map<number, number>();
  return mapExchange({
    onOperation(operation) {
      if (operation.kind === 'teardown') begun.delete(operation.key);
      else begun.set(operation.key, Date.now());
    },
    onResult({ operation, data }) {
      rememberTime(data, begun.get(operation.key) ?? Date.now());
    },
  });
}
