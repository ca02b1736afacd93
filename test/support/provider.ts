import { control } from './control';
import type { TestGateway } from './gateway';

/** What the simulator tells of itself. */
interface Ledger {
  effects: { effect: string; subject: string; recipient: string; detail: string; count: number }[];
  calls: Record<string, number>;
  overlaps: number;
}

/** What took place at the provider since the last clearing. */
export async function ledger(gateway: TestGateway): Promise<Ledger> {
  return (await (await control(gateway.simulator.url, '/ledger')).json()) as Ledger;
}

/** The effects, each in one line: what, of what, how often. */
export async function effects(gateway: TestGateway): Promise<string[]> {
  return (await ledger(gateway)).effects.map(
    // The provider's own ids are different every time.
    ({ effect, detail, count }) => `${effect} ${detail.replace(/ prt-.*/, ' prt')} ×${count}`,
  );
}

/** Sets what happens to the next calls: docs/simulator.md. */
export async function faults(gateway: TestGateway, ...set: object[]): Promise<void> {
  const response = await control(gateway.simulator.url, '/faults', {
    method: 'POST',
    body: JSON.stringify(set),
  });
  if (response.status !== 201) throw new Error(await response.text());
}

/** A fault for `faults`: what comes instead of the right answer, or after `delayMs`. */
export const fault = (outcome: string, endpoint: string, more: object = {}): object => ({
  endpoint,
  // biome-ignore lint/suspicious/noThenProperty: the simulator's word; never awaited.
  then: outcome,
  ...more,
});

/** The provider says no to one real call of `endpoint`. */
export const refuse = (endpoint: string, more: object = {}): object =>
  fault('refuse', endpoint, { checkOnly: false, ...more });

/** The provider says no to one pre-check. */
export const refusePrecheck = (code: number): object =>
  fault('refuse', 'subscriptions/create', { checkOnly: true, code });

/** Forgets faults, ledger and counts of calls; what the provider knows stays. */
export async function clearLedger(gateway: TestGateway): Promise<void> {
  await control(gateway.simulator.url, '', { method: 'DELETE' });
}
