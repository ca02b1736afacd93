import { columns, type Session, type Transaction } from '../database';
import { CloudSubscription, CloudSubscriptionState } from '../entities';

const { ACTIVE, SUSPENDED } = CloudSubscriptionState;

const t = columns(CloudSubscription, 't');

/** Finds subscriptions that go on and whose stored period is over, the longest over first. */
export const findEndedPeriods = (session: Session, now: Date, limit: number) =>
  session.many(
    CloudSubscription,
    `FORCE INDEX (subscriptions_by_period_end) WHERE ${t.currentPeriodEnd} <= ? AND ${t.state} IN ('${ACTIVE}','${SUSPENDED}')
     ORDER BY ${t.currentPeriodEnd} LIMIT ${limit}`,
    [now],
  );

/** Stores the end of the next period, unless the subscription has changed since it was read. Clients see no change. */
export const storePeriodEnd = (
  tx: Transaction,
  { id, state, currentPeriodEnd }: CloudSubscription,
  end: Date,
): Promise<number> =>
  tx.updateById(
    CloudSubscription,
    id,
    { currentPeriodEnd: end },
    `${t.state} = ? AND ${t.currentPeriodEnd} = ?`,
    [state, currentPeriodEnd],
  );
