import { type FindOptionsWhere, In, Not } from 'typeorm';
import { columns, padded, placeholders, type Session, type Transaction } from '../database';
import {
  CloudSubscription,
  CloudSubscriptionAddon,
  CloudSubscriptionState,
  OperationState,
  ProvisioningOperation,
  Service,
  SyncState,
} from '../entities';
import { updateById } from './rows';
import { writeAtEnd } from './write-at-end';

const s = columns(CloudSubscription);
const t = columns(CloudSubscription, 't');
const a = columns(CloudSubscriptionAddon);
const o = columns(ProvisioningOperation, 'o');
const v = columns(Service, 'service');

/** Locks a subscription. Fourth in the lock order, after the order. */
export const lockSubscription = ({ manager }: Transaction, id: string) =>
  manager.findOne(CloudSubscription, { where: { id }, lock: { mode: 'pessimistic_write' } });

/** Locks subscriptions, in the order of their ids. */
export async function lockSubscriptions(
  tx: Transaction,
  ids: readonly string[],
): Promise<CloudSubscription[]> {
  if (ids.length === 0) return [];
  const keys = padded(ids);
  return tx.many(
    CloudSubscription,
    `WHERE ${t.id} IN ${placeholders(keys)} ORDER BY ${t.id} FOR UPDATE`,
    keys,
  );
}

/** Renames a subscription and increments its version. */
export const renameSubscription = (tx: Transaction, id: string, friendlyName: string) =>
  updateById(tx, CloudSubscription, id, { friendlyName, version: () => `${s.version} + 1` });

/** Finds the live subscriptions in these slots (see `liveSlot`), by slot. */
export async function findLiveSubscriptions(
  session: Session,
  slots: readonly string[],
): Promise<Map<string, string>> {
  if (slots.length === 0) return new Map();
  const rows = await session.rows<{ slot: string; id: string }>(
    `SELECT ${s.liveSlot} AS slot, ${s.id} FROM ${s.table} WHERE ${s.liveSlot} IN ${placeholders(slots)}`,
    slots,
  );
  return new Map(rows.map(({ slot, id }) => [slot, id]));
}

/** Finds the add-ons of a subscription. */
export const findHeldAddons = ({ manager }: Session, subscriptionId: string) =>
  manager.find(CloudSubscriptionAddon, { where: { subscriptionId } });

/** Finds the add-ons of several subscriptions. */
export const findAllHeldAddons = ({ manager }: Session, subscriptionIds: readonly string[]) =>
  manager.find(CloudSubscriptionAddon, { where: { subscriptionId: In([...subscriptionIds]) } });

/** Total quantity of an add-on of a subscription. */
type AddonTotal = Pick<CloudSubscriptionAddon, 'subscriptionId' | 'addonId' | 'quantity'>;

/**
 * Writes total quantities of add-ons, in one statement with the others of the transaction; one of 0 is removed. Absolute, so
 * that a repeated write has no effect.
 */
export async function putHeldAddons(
  tx: Transaction,
  subscriptionId: string,
  all: readonly Pick<AddonTotal, 'addonId' | 'quantity'>[],
): Promise<void> {
  const ended = all.filter(({ quantity }) => quantity === 0).map(({ addonId }) => addonId);
  if (ended.length > 0) {
    await tx.manager.delete(CloudSubscriptionAddon, { subscriptionId, addonId: In(ended) });
  }
  const totals = all.filter(({ quantity }) => quantity > 0).map(total => ({ ...total, subscriptionId }));
  writeAtEnd(tx, upsertHeldAddons, totals);
}

/** Inserts add-ons of subscriptions, or updates their quantities. */
export const upsertHeldAddons = (tx: Transaction, totals: readonly AddonTotal[]): Promise<number> =>
  tx.execute(
    `INSERT INTO ${a.table} (${a.subscriptionId}, ${a.addonId}, ${a.quantity}) VALUES ${totals.map(() => '(?,?,?)')}
     ON DUPLICATE KEY UPDATE ${a.quantity} = VALUES(${a.quantity})`,
    totals.flatMap(({ subscriptionId, addonId, quantity }) => [subscriptionId, addonId, quantity]),
  );

/** Counts live subscriptions that an account pays for, itself or as the reseller, in another currency. */
export function countPaidOtherwise({ manager }: Session, accountId: string, currency: string) {
  const paid = {
    state: Not(CloudSubscriptionState.CANCELLED),
    currency: Not(currency),
  } satisfies FindOptionsWhere<CloudSubscription>;
  return manager.countBy(CloudSubscription, [
    { accountId, ...paid },
    { resellerId: accountId, ...paid },
  ]);
}

/** Days for which a cancelled subscription is still reconciled, because a call of the gateway can arrive late. */
const LATE_CALL_DAYS = 30;

/**
 * Finds subscriptions to reconcile, by id, without an open operation: those that are synchronized or cancelled, or whose
 * failed operations are all abandoned.
 */
export function findNextToCompare(
  session: Session,
  provider: string,
  afterId: string,
  limit: number,
): Promise<CloudSubscription[]> {
  const cancelled = `'${CloudSubscriptionState.CANCELLED}'`;
  return session.many(
    CloudSubscription,
    `WHERE ${t.id} > ? AND ${t.serviceId} IN (SELECT ${v.id} FROM ${v.table} WHERE ${v.provider} = ?)
       AND (${t.syncState} = '${SyncState.SYNCED}' OR ${t.state} = ${cancelled} OR (${t.syncState} = '${SyncState.FAILED}'
         AND NOT EXISTS (SELECT 1 FROM ${o.table} WHERE ${o.subscriptionId} = ${t.id} AND ${o.state} = '${OperationState.FAILED}')))
       AND (${t.state} <> ${cancelled} OR ${t.cancelledAt} > NOW(3) - INTERVAL ${LATE_CALL_DAYS} DAY)
       AND NOT EXISTS (SELECT 1 FROM ${o.table} WHERE ${o.openSlot} = ${t.id})
     ORDER BY ${t.id} LIMIT ${limit}`,
    [afterId, provider],
  );
}

/** Time up to which a locked subscription is charged. Null until the ledger has begun with it. */
export async function findChargedUntil(session: Session, id: string): Promise<Date | null> {
  const [row] = await session.rows<{ chargedUntil: Date | null }>(
    `SELECT ${s.chargedUntil} FROM ${s.table} WHERE ${s.id} = ?`,
    [id],
  );
  return row?.chargedUntil ?? null;
}
