import { control } from '../control';
import type { TestGateway } from '../gateway';

/** Ledger of the simulator. */
interface Ledger {
  effects: { effect: string; subject: string; recipient: string; detail: string; count: number }[];
  calls: Record<string, number>;
  overlaps: number;
}

/** Effects and calls at the provider since the ledger was cleared. */
export async function ledger(gateway: TestGateway): Promise<Ledger> {
  return (await (await control(gateway.simulator.url, '/ledger')).json()) as Ledger;
}

/** Effects at the provider, as `effect detail ×count`. */
export async function effects(gateway: TestGateway): Promise<string[]> {
  return (await ledger(gateway)).effects.map(
    // The provider's ids differ between runs.
    ({ effect, detail, count }) => `${effect} ${detail.replace(/ prt-.*/, ' prt')} ×${count}`,
  );
}

/** Sets the faults of the next calls: docs/simulator.md. */
export async function faults(gateway: TestGateway, ...set: object[]): Promise<void> {
  const response = await control(gateway.simulator.url, '/faults', {
    method: 'POST',
    body: JSON.stringify(set),
  });
  if (response.status !== 201) throw new Error(await response.text());
}

/** A fault for `faults`: the outcome replaces the answer of `endpoint`. */
export const fault = (outcome: string, endpoint: string, more: object = {}): object => ({
  endpoint,
  // biome-ignore lint/suspicious/noThenProperty: the simulator's field; never awaited.
  then: outcome,
  ...more,
});

/** The provider rejects one call of `endpoint`, pre-checks excepted. */
export const refuse = (endpoint: string, more: object = {}): object =>
  fault('refuse', endpoint, { checkOnly: false, ...more });

/** The provider rejects one pre-check. */
export const refusePrecheck = (code: number): object =>
  fault('refuse', 'subscriptions/create', { checkOnly: true, code });

/** Clears faults, ledger and call counts. Accounts and subscriptions of the provider remain. */
export async function clearLedger(gateway: TestGateway): Promise<void> {
  await control(gateway.simulator.url, '', { method: 'DELETE' });
}
