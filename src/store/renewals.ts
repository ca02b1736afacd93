import { columns, padded, placeholders, type Session, type Transaction } from '../database';
import {
  CancellationRequest,
  CancellationRequestState,
  CancellationTiming,
  CloudSubscription,
  CloudSubscriptionState,
  SubscriptionChange,
} from '../entities';

const t = columns(CloudSubscription, 't');
const s = columns(CloudSubscription);
const r = columns(CancellationRequest, 'r');
const c = columns(SubscriptionChange, 'c');

const { ACTIVE, SUSPENDED, PENDING_CANCELLATION } = CloudSubscriptionState;
const STATES = [ACTIVE, SUSPENDED, PENDING_CANCELLATION].map(state => `'${state}'`);
const LIVE = STATES.join(',');

/** Accepted requests and changes of END_OF_PERIOD have the same columns. Their time is NULL while they are carried out. */
const scheduled = (alias: typeof r | typeof c) =>
  `${alias.state} = '${CancellationRequestState.ACCEPTED}' AND ${alias.timing} = '${CancellationTiming.END_OF_PERIOD}'`;

/** Condition for a period from `chargedUntil` on to wait for a scheduled cancellation or change. */
const waits = (alias: typeof r | typeof c) =>
  `EXISTS (SELECT 1 FROM ${alias.table} WHERE ${alias.openSlot} = ${t.id} AND ${scheduled(alias)}
     AND (${alias.effectiveAt} IS NULL OR ${alias.effectiveAt} <= ${t.chargedUntil}))`;

/**
 * Rows with the alias `t` in a state whose period has begun and is not charged, and waits for nothing. A scheduled change of a
 * suspended one waits until it is resumed, and its periods do not.
 */
const due = (states: string) =>
  `FROM ${t.table} FORCE INDEX (subscriptions_by_state_and_charged_until)
   WHERE ${t.state} IN (${states}) AND ${t.chargedUntil} <= ? AND NOT ${waits(r)} AND (${t.state} = '${SUSPENDED}' OR NOT ${waits(c)})`;

/** Finds subscriptions with a period that has begun at `now` and is not charged, by state and time. */
export async function findDueRenewals(session: Session, now: Date, limit: number): Promise<string[]> {
  const rows = await session.rows<{ id: string }>(
    `SELECT ${t.id} ${due(LIVE)} ORDER BY ${t.state}, ${t.chargedUntil}, ${t.id} LIMIT ${limit}`,
    [now],
  );
  return rows.map(({ id }) => id);
}

/** Finds the earliest start of a period that has begun at `now` and is not charged. Null if there is none. */
export async function findFirstDueRenewal(session: Pick<Session, 'rows'>, now: Date): Promise<Date | null> {
  // The first of each state is the first entry of its range in the index.
  const firsts = STATES.map(
    state => `(SELECT ${t.chargedUntil} AS at ${due(state)} ORDER BY ${t.chargedUntil} LIMIT 1)`,
  );
  const [row] = await session.rows<{ at: Date | null }>(
    `SELECT MIN(first.at) AS at FROM (${firsts.join(' UNION ALL ')}) first`,
    STATES.map(() => now),
  );
  return row?.at ?? null;
}

/** Finds active subscriptions that the ledger has not begun with. */
export async function findUncharged(session: Session, limit: number): Promise<string[]> {
  // For a list of states, MySQL reads the whole index.
  const ofStates = STATES.map(
    state => `(SELECT ${t.id} FROM ${t.table} FORCE INDEX (subscriptions_by_state_and_charged_until)
      WHERE ${t.state} = ${state} AND ${t.chargedUntil} IS NULL LIMIT ${limit})`,
  );
  const rows = await session.rows<{ id: string }>(
    `SELECT found.id FROM (${ofStates.join(' UNION ALL ')}) found LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

/** Scheduled cancellation or change of a subscription. */
interface Scheduled {
  subscriptionId: string;
  /** Null while it is being carried out. */
  effectiveAt: Date | null;
  isChange: boolean;
}

/** Finds the accepted cancellations and changes of END_OF_PERIOD of subscriptions. */
export async function findScheduled(session: Session, ids: readonly string[]): Promise<Scheduled[]> {
  const keys = padded(ids);
  const of = (alias: typeof r | typeof c) =>
    `SELECT ${alias.subscriptionId}, ${alias.effectiveAt}, ${alias === c ? 1 : 0} AS isChange FROM ${alias.table}
     WHERE ${alias.openSlot} IN ${placeholders(keys)} AND ${scheduled(alias)}`;
  const rows = await session.rows<Scheduled>(`${of(r)} UNION ALL ${of(c)}`, [...keys, ...keys]);
  return rows.map(row => ({ ...row, isChange: Boolean(row.isChange) }));
}

/** Stores how far subscriptions are charged. */
export async function storeChargedUntil(
  tx: Transaction,
  subscriptions: readonly Pick<CloudSubscription, 'id' | 'chargedUntil'>[],
): Promise<void> {
  if (subscriptions.length === 0) return;
  const rows = padded(subscriptions.map(({ id }) => id)).map(
    id => subscriptions.find(subscription => subscription.id === id) as (typeof subscriptions)[number],
  );
  await tx.execute(
    `UPDATE ${s.table} SET ${s.chargedUntil} = CASE ${s.id} ${'WHEN ? THEN CAST(? AS DATETIME(3)) '.repeat(rows.length)}END
     WHERE ${s.id} IN ${placeholders(rows.map(({ id }) => id))}`,
    [...rows.flatMap(({ id, chargedUntil }) => [id, chargedUntil]), ...rows.map(({ id }) => id)],
  );
}
