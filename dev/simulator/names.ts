import type { Call } from './call';
import { type Fault, fault } from './faults';

/** What a word in a name does to the nth call (from 1) of an endpoint for a subject; docs/simulator.md has the table. */
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

/** Faults that a partner can try without the control: by a word in the account's or the subscription's name. */
export class NamedFaults {
  private readonly counts = new Map<string, number>();

  /** The fault that the names of this call ask for. A pre-check is spared, so that the order itself can be placed. */
  take(call: Call): Fault | undefined {
    if (call.checkOnly) return call.names.some(has('[precheck]')) ? refusedPrecheck : undefined;
    const word = Object.keys(WORDS).find(it => call.names.some(has(it)));
    if (word === undefined) return undefined;
    const key = JSON.stringify([call.endpoint, call.subject]);
    const nth = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, nth);
    return WORDS[word]?.(call, nth);
  }

  /** Starts counting anew. */
  clear(): void {
    this.counts.clear();
  }
}

const refusedPrecheck = fault('refuse', { message: 'The name asks for a refused pre-check' });

function has(word: string): (name: string) => boolean {
  return name => name.toLowerCase().includes(word);
}
