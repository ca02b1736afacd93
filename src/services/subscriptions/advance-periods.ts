import { runningPeriod } from '../../ledger';
import { findEndedPeriods, storePeriodEnd } from '../../store';
import type { Dependencies } from '../context';

/** Subscriptions in one transaction. */
const BATCH = 100;

/**
 * Stores the end of the running period of subscriptions whose stored one is over, so that lists sort by what they show.
 * Any process may: a subscription is changed only as it was read. Resolves to whether more may be due.
 */
export async function advancePeriods({ db, clock }: Pick<Dependencies, 'db' | 'clock'>): Promise<boolean> {
  const now = clock();
  const due = await findEndedPeriods(db, now, BATCH);
  if (due.length === 0) return false;
  await db.transaction(async tx => {
    // In the order of all transactions that lock several subscriptions.
    for (const subscription of due.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
      const period = runningPeriod(subscription, now);
      if (period) await storePeriodEnd(tx, subscription, period.end);
    }
  });
  return due.length === BATCH;
}
