import type { LedgerEntry } from '../../../dev/simulator/ledger';
import { type SimulatorOptions, startSimulator } from '../../../dev/simulator/start';
import { atTheEnd } from './cleanup';
import { APPLICATION, client } from './samples';

/** A running simulator, a client of it, and its control. */
export async function simulated(more: Partial<SimulatorOptions> = {}, timeoutMs = 10_000) {
  const simulator = await startSimulator({ ...APPLICATION, ...more });
  const provider = client(simulator.url, { timeoutMs });
  atTheEnd(() => simulator.stop());
  return { simulator, provider, ...control(simulator.url) };
}

/** Headers that the control takes. */
export const CONTROL = {
  authorization: `Bearer ${APPLICATION.apiKey}`,
  'content-type': 'application/json',
};

/** The control of the simulator at `url`. */
export function control(url: string) {
  const at = (path: string): URL => new URL(`/_control${path}`, url);
  return {
    setFaults: (body: unknown) => post(at('/faults'), body, CONTROL),
    faults: async () => (await fetch(at('/faults'), { headers: CONTROL })).json(),
    ledger: async () => (await (await fetch(at('/ledger'), { headers: CONTROL })).json()) as Report,
    clear: async (query = '') => (await fetch(at(query), { method: 'DELETE', headers: CONTROL })).status,
  };
}

/** The ledger as the control shows it. */
export interface Report {
  effects: LedgerEntry[];
  calls: Record<string, number>;
  overlaps: number;
  overlapping: Record<string, number>;
}

/** What took place, as `effect subject detail xcount`. */
export function effects({ effects }: Report): string[] {
  return effects.map(({ effect, subject, detail, count }) => `${effect} ${subject} ${detail} x${count}`);
}

/** Posts a body, JSON unless it is a string already. */
export async function post(url: URL, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method: 'POST', body: text, headers });
  return { status: response.status, body: await response.json() };
}

/** A fault that does `then`; a literal with that key would look like a promise to the linter. */
export function doing(then: string, more: object = {}): object {
  return { ...more, then };
}
