import type { Logger } from 'pino';
import { type Database, isDatabaseFault } from '../database';
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
  /** Called for each subscription that cannot be charged. */
  onFailure?: () => void;
}

/**
 * Creates the renewal of due subscriptions. Each call charges every period that has begun, of one batch of subscriptions, and
 * resolves to whether more may be due. Any process may: a subscription is locked, and a period is charged once. A pass ends
 * when nothing else is due; until then the others do not wait for subscriptions whose renewal has failed.
 */
export function createRenewal({ db, clock, log, onFailure }: RenewalContext): () => Promise<boolean> {
  const failed = new Set<string>();
  const onError = (id: string, err: unknown) => {
    failed.add(id);
    log.error({ err, subscription: id }, 'the renewal of a subscription cannot be charged');
    onFailure?.();
  };
  return async () => {
    const now = clock();
    const moreBegin = await beginLedgers(db, now);
    const found = await findDueRenewals(db, now, BATCH + failed.size);
    const due = found.filter(id => !failed.has(id)).slice(0, BATCH);
    await renewEach(db, due, now, onError);
    const isEnd = due.length < BATCH;
    if (isEnd) failed.clear();
    return moreBegin || !isEnd;
  };
}

type OnError = (id: string, error: unknown) => void;

/** Renews subscriptions together, or each by itself if one of them fails unexpectedly. */
async function renewEach(db: Database, ids: readonly string[], now: Date, onError: OnError): Promise<void> {
  if (ids.length === 0) return;
  try {
    await renewTogether(db, ids, now, onError);
  } catch (error) {
    if (isDatabaseFault(error)) throw error;
    const [only, ...others] = ids;
    if (only && others.length === 0) return onError(only, error);
    for (const id of ids) await renewEach(db, [id], now, onError);
  }
}

async function renewTogether(
  db: Database,
  ids: readonly string[],
  now: Date,
  onError: OnError,
): Promise<void> {
  const failures = await db.transaction(async tx => {
    const subscriptions = (await lockSubscriptions(tx, ids)).filter(isDue(now));
    const failed: [string, unknown][] = [];
    // Another process may have renewed all of them since they were found.
    if (subscriptions.length === 0) return failed;
    const limits = limitsBy(await findScheduled(tx, ids), now);
    await renew(tx, subscriptions, limits, ({ id }, error) => failed.push([id, error]));
    return failed;
  });
  for (const [id, error] of failures) onError(id, error);
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
  const begun = await db.transaction(async tx => {
    const subscriptions = await lockSubscriptions(tx, found);
    const begun = subscriptions.flatMap(subscription => {
      const chargedUntil = subscription.chargedUntil ? null : runningPeriodEnd(subscription, now);
      return chargedUntil ? [{ id: subscription.id, chargedUntil }] : [];
    });
    await storeChargedUntil(tx, begun);
    return begun.length;
  });
  return found.length === BATCH && begun > 0;
}
