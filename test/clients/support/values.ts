type Subscribe<T> = (sink: { next(value: T): void; error(reason: unknown): void }) => () => void;

/** Values of an observable as an iterable, in their order. Ends the subscription with the loop. */
export async function* valuesOf<T>(subscribe: Subscribe<T>): AsyncGenerator<T> {
  const waiting: (() => T)[] = [];
  let wake: () => void = () => undefined;
  const push = (take: () => T): void => {
    waiting.push(take);
    wake();
  };
  const unsubscribe = subscribe({
    next: value => push(() => value),
    error: reason =>
      push(() => {
        throw reason;
      }),
  });
  try {
    for (;;) {
      const take = waiting.shift();
      if (take) yield take();
      else {
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
    }
  } finally {
    unsubscribe();
  }
}
