import type { Logger } from 'pino';
import type { Database } from '../database';
import { type CloudSubscription, CloudSubscriptionState } from '../entities';
import {
  findDueRenewals,
  findScheduled,
  findUncharged,
  lockSubscriptions,
  storeChargedUntil,
} from '../store';
import { runningPeriodEnd } from './billing-period';
import { type RenewalLimit, renew } from './renew';

/** Subscriptions in one transaction. */
const BATCH = 100;

/** Dependencies of the renewal. `clock` is business time. */
interface RenewalContext {
  db: Database;
  clock: () => Date;
  log: Pick<Logger, 'error'>;
}

/**
 * Charges every period that has begun, of one batch of subscriptions. Any process may: a subscription is locked, and a
 * period is charged once. Resolves to whether more may be due.
 */
export async function renewDue(context: RenewalContext): Promise<boolean> {
  const { db, clock, log } = context;
  const now = clock();
  const moreBegin = await beginLedgers(db, now);
  const due = await findDueRenewals(db, now, BATCH);
  if (due.length === 0) return moreBegin;
  const renewed = await db.transaction(async tx => {
    const subscriptions = (await lockSubscriptions(tx, due)).filter(isDue(now));
    const limits = limitsBy(await findScheduled(tx, due), now);
    return renew(tx, subscriptions, limits, ({ id }, err) =>
      log.error({ err, subscription: id }, 'the renewal of a subscription cannot be charged'),
    );
  });
  return moreBegin || (due.length === BATCH && renewed > 0);
}

const isDue =
  (now: Date) =>
  ({ chargedUntil, cancelledAt }: CloudSubscription) =>
    chargedUntil !== null && chargedUntil <= now && cancelledAt === null;

/** Limits of renewals: now, or the time of a scheduled cancellation or change, whose outcome decides on what follows. */
function limitsBy(
  scheduled: Awaited<ReturnType<typeof findScheduled>>,
  now: Date,
): (subscription: CloudSubscription) => RenewalLimit {
  const bySubscription = new Map(scheduled.map(each => [each.subscriptionId, each]));
  return ({ id, state, chargedUntil }) => {
    const end = bySubscription.get(id);
    // The change of a suspended subscription waits until it is resumed, and takes effect then.
    const waits = end && !(end.isChange && state === CloudSubscriptionState.SUSPENDED);
    if (!waits || (end.effectiveAt && end.effectiveAt > now)) return { until: now, inclusive: true };
    // While it is carried out, everything before is charged.
    return { until: end.effectiveAt ?? chargedUntil ?? now, inclusive: false };
  };
}

/** Begins the ledger of subscriptions that are older than it: their next period is the first that is charged. */
async function beginLedgers(db: Database, now: Date): Promise<boolean> {
  const found = await findUncharged(db, BATCH);
  if (found.length === 0) return false;
  await db.transaction(async tx => {
    const subscriptions = await lockSubscriptions(tx, found);
    const begun = subscriptions.flatMap(subscription => {
      const chargedUntil = subscription.chargedUntil ? null : runningPeriodEnd(subscription, now);
      return chargedUntil ? [{ id: subscription.id, chargedUntil }] : [];
    });
    await storeChargedUntil(tx, begun);
  });
  return found.length === BATCH;
}
