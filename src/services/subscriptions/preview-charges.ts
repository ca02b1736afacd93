import type { Session } from '../../database';
import { ChangeTiming } from '../../entities';
import { openLedger } from '../../ledger';
import type { NextCharge } from './next-charge';
import type { PlannedChange } from './plan-change';
import type { ChangeFacts, WantedChange } from './wanted-change';

/** Charges that follow from a change, in minor units. */
export interface PreviewedCharges {
  dueNowMinor: number;
  /** Not negative. */
  creditMinor: number;
  next: NextCharge;
}

/** Operation of a change that is not carried out. */
const NONE = { id: '', orderId: null };

/** Computes the charges of a planned change with the ledger that carries it out, and writes nothing. */
export async function previewCharges(
  session: Session,
  { subscription, lots, now }: ChangeFacts,
  { timing }: WantedChange,
  plan: PlannedChange,
): Promise<PreviewedCharges> {
  const time = timing === ChangeTiming.END_OF_PERIOD ? plan.effectiveAt : now;
  const ledger = await openLedger(session, subscription, lots, now);
  ledger.renew(time);
  const renewals = ledger.written.length;
  ledger.replaceLots(plan.lots, time, NONE);
  const amounts = ledger.written.slice(renewals).map(({ amountMinor }) => amountMinor);
  const sumOf = (some: readonly number[]) => some.reduce((sum, amount) => sum + amount, 0);
  return {
    dueNowMinor: sumOf(amounts.filter(amount => amount > 0)),
    creditMinor: -sumOf(amounts.filter(amount => amount < 0)),
    next: { at: ledger.chargedUntil, minor: plan.after.recurringMinor },
  };
}
