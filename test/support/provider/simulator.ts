import type { Holding } from '../../../dev/simulator/holdings';
import type { LedgerEntry } from '../../../dev/simulator/ledger';
import { type SimulatorOptions, startSimulator } from '../../../dev/simulator/start';
import { atTheEnd } from '../cleanup';
import { APPLICATION, client } from './client';

/** A running simulator, a client of it, and its control. The simulator stops at the end of the test. */
export async function simulated(more: Partial<SimulatorOptions> = {}, timeoutMs = 10_000) {
  const simulator = await startSimulator({ ...APPLICATION, ...more });
  const provider = client(simulator.url, { timeoutMs });
  atTheEnd(() => simulator.stop());
  return { simulator, provider, ...simulatorAt(simulator.url) };
}

/** Headers that the control endpoints require. */
export const CONTROL = {
  authorization: `Bearer ${APPLICATION.apiKey}`,
  'content-type': 'application/json',
};

/** Control and ledger of the simulator at `url`. */
export function simulatorAt(url: string) {
  const at = (path: string): URL => new URL(`/_control${path}`, url);
  const ledger = async () => (await (await fetch(at('/ledger'), { headers: CONTROL })).json()) as Report;
  return {
    setFaults: (body: unknown) => post(at('/faults'), body, CONTROL),
    faults: async () => (await fetch(at('/faults'), { headers: CONTROL })).json(),
    ledger,
    /** Subscription `id` as the provider has it now. */
    async holding(id: string): Promise<Holding | undefined> {
      const response = await fetch(at('/subscriptions'), { headers: CONTROL });
      const { subscriptions } = (await response.json()) as { subscriptions: Holding[] };
      return subscriptions.find(it => it.id === id);
    },
    clear: async (query = '') => (await fetch(at(query), { method: 'DELETE', headers: CONTROL })).status,
    /** Effects on these subjects, as `effect detail xcount`. */
    async effectsOf(...subjects: string[]): Promise<string[]> {
      return (await ledger()).effects
        .filter(({ subject }) => subjects.includes(subject))
        .map(({ effect, detail, count }) => `${effect} ${detail.replace(/ under .*/, '')} x${count}`);
    },
  };
}

/** Ledger of the simulator. */
export interface Report {
  effects: LedgerEntry[];
  calls: Record<string, number>;
  overlaps: number;
  overlapping: Record<string, number>;
}

/** Effects of a ledger, as `effect subject detail xcount`. */
export function effects({ effects }: Report): string[] {
  return effects.map(({ effect, subject, detail, count }) => `${effect} ${subject} ${detail} x${count}`);
}

/** Posts a body, as JSON unless it is a string. */
export async function post(url: URL, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method: 'POST', body: text, headers });
  return { status: response.status, body: await response.json() };
}

/** Fault with the outcome `then`. A literal with that key would look like a promise to the linter. */
export function doing(then: string, more: object = {}): object {
  return { ...more, then };
}
