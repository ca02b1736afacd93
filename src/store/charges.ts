import { columns, padded, placeholders, type Session, type Transaction } from '../database';
import { Charge, ChargeKind, ProvisioningOperation, type SubscriptionLot } from '../entities';
import type { Actor } from '../policies';
import { listCondition } from './find';
import { findPlannedPage, read as readRows } from './find-page';
import type { OwnedList } from './first-pages';
import type { Page, PageRequest } from './page';
import type { Order } from './sort-order';
import { type Condition, visibilityCondition } from './visibility';
import { type DateRange, Where } from './where';
import { writeAtEnd } from './write-at-end';

const t = columns(Charge, 't');
const o = columns(ProvisioningOperation, 'o');

const insertAll = (tx: Transaction, charges: readonly Charge[]) => tx.insert(Charge, charges);

/** Inserts charges, in one statement with the others of the transaction, which fails if one of them is written already. */
export const insertCharges = (tx: Transaction, charges: readonly Charge[]): void =>
  writeAtEnd(tx, insertAll, charges);

/** Finds the charges of a subscription that end after `time`, with their credits, oldest first. */
export const findChargesEndingAfter = (session: Session, subscriptionId: string, time: Date) =>
  session.many(
    Charge,
    `FORCE INDEX (charges_by_subscription_and_end) WHERE ${t.subscriptionId} = ? AND ${t.periodEnd} > ?
       AND ${t.kind} <> '${ChargeKind.ADJUSTMENT}' ORDER BY ${t.id}`,
    [subscriptionId, time],
  );

/** Finds the order of each lot, by its operation. */
export async function findOrdersOfLots(
  session: Session,
  lots: readonly Pick<SubscriptionLot, 'operationId'>[],
): Promise<Map<string, string | null>> {
  if (lots.length === 0) return new Map();
  const ids = padded([...new Set(lots.map(({ operationId }) => operationId))]);
  const rows = await session.rows<{ id: string; orderId: string | null }>(
    `SELECT ${o.id}, ${o.orderId} FROM ${o.table} WHERE ${o.id} IN ${placeholders(ids)}`,
    ids,
  );
  return new Map(rows.map(({ id, orderId }) => [id, orderId]));
}

/** Filter of a list of charges. */
export interface ChargeSearch {
  accountId?: string | null;
  subscriptionId?: string | null;
  orderId?: string | null;
  kinds?: readonly ChargeKind[] | null;
  createdAt?: DateRange | null;
  periodStart?: DateRange | null;
  afterSeq?: string | null;
}

const BY_NUMBER: Order<Charge> = { name: 'charges', direction: 'ASC', column: 'seq' };

/** Condition for the numbered charges that match. */
async function whereOf(session: Session, actor: Actor, search: ChargeSearch): Promise<Where> {
  const { accountId, subscriptionId, orderId, kinds, createdAt, periodStart, afterSeq } = search;
  return new Where(await listCondition(session, actor, Charge))
    .and(`${t.seq} > ?`, afterSeq ?? '0')
    .is(t.accountId, accountId)
    .is(t.subscriptionId, subscriptionId)
    .is(t.orderId, orderId)
    .within(t.createdAt, createdAt)
    .within(t.periodStart, periodStart)
    .in(t.kind, kinds);
}

/** Finds a page of the charges that `actor` may see, in the order of their numbers. */
export const findChargesPage = async (
  session: Session,
  actor: Actor,
  search: ChargeSearch,
  page: PageRequest,
): Promise<Page<Charge>> =>
  findPlannedPage(session, Charge, await whereOf(session, actor, search), BY_NUMBER, page);

/** Charges of a subscription, in the order of their numbers. */
export const chargesOfSubscription: OwnedList<Charge, null> = {
  entity: Charge,
  owner: 'subscriptionId',
  order: BY_NUMBER,
  where: actor => new Where(visibilityCondition(actor, Charge)),
};

/** Sum of the charges of one payer in one currency. */
export interface ChargeTotal {
  accountId: string;
  currency: string;
  /** Sum in minor units. Can be more than a safe integer. */
  minor: bigint;
  count: number;
}

/** Sums charges in groups: always by payer and currency, and by `more` columns before. */
async function sumBy<T extends object>(session: Session, { sql, values }: Condition, ...more: string[]) {
  const groups = [...more, t.accountId, t.currency].join(', ');
  const rows = await readRows(session, { bounded: false }, limited =>
    limited.rows<T & { accountId: string; currency: string; minor: string; count: number }>(
      `SELECT ${groups}, SUM(${t.amountMinor}) AS minor, COUNT(*) AS count
       FROM ${t.table} WHERE ${sql} GROUP BY ${groups} ORDER BY ${groups}`,
      values,
    ),
  );
  return rows.map(row => ({ ...row, minor: BigInt(row.minor) }));
}

/** Sums the charges that `actor` may see, by payer and currency. */
export const sumCharges = async (
  session: Session,
  actor: Actor,
  search: ChargeSearch,
): Promise<ChargeTotal[]> => sumBy(session, (await whereOf(session, actor, search)).whole);

/** Sums the charges of each subscription that `actor` may see, in one statement. */
export async function sumChargesOf(
  session: Session,
  actor: Actor,
  subscriptionIds: readonly string[],
): Promise<ChargeTotal[][]> {
  const where = chargesOfSubscription.where(actor, null).in(t.subscriptionId, subscriptionIds);
  const sums = await sumBy<{ subscriptionId: string }>(session, where, t.subscriptionId);
  return subscriptionIds.map(id => sums.filter(({ subscriptionId }) => subscriptionId === id));
}
