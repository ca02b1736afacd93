import type { Call } from './call';
import { type Fault, fault } from './faults';

/** Faults by word, for the nth call (from 1) of an endpoint for a subject. docs/simulator.md lists them. */
const WORDS: Record<string, (call: Call, nth: number) => Fault | undefined> = {
  '[slow]': () => fault('answer', { delayMs: 2_000 }),
  '[refuse]': ({ endpoint }) =>
    ['accounts/synchronize', 'subscriptions/create', 'broker/provision'].includes(endpoint)
      ? fault('refuse', { message: 'The name asks for a refusal' })
      : undefined,
  '[fail]': (_, nth) => (nth <= 2 ? fault('status') : undefined),
  '[drop]': (_, nth) => (nth === 1 ? fault('resetAfter') : undefined),
  '[hang]': () => fault('hang'),
};

/** Faults that a word in the name of the account or subscription requests, without the control API. */
export class NamedFaults {
  private readonly counts = new Map<string, number>();

  /** Returns the fault that the names of this call request. Pre-checks are exempt, so that the order can be placed. */
  take(call: Call): Fault | undefined {
    if (call.checkOnly) return call.names.some(has('[precheck]')) ? refusedPrecheck : undefined;
    const word = Object.keys(WORDS).find(it => call.names.some(has(it)));
    if (word === undefined) return undefined;
    const key = JSON.stringify([call.endpoint, call.subject]);
    const nth = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, nth);
    return WORDS[word]?.(call, nth);
  }

  /** Resets the counts. */
  clear(): void {
    this.counts.clear();
  }
}

const refusedPrecheck = fault('refuse', { message: 'The name asks for a refused pre-check' });

function has(word: string): (name: string) => boolean {
  return name => name.toLowerCase().includes(word);
}
