import { columns, type Session } from '../database';
import {
  Account,
  Addon,
  Charge,
  type ChargeKind,
  CloudSubscription,
  Currency,
  Order,
  Product,
} from '../entities';
import { Where } from './where';

const t = columns(Charge, 't');
const a = columns(Account, 'a');
const s = columns(CloudSubscription, 's');
const o = columns(Order, 'o');
const p = columns(Product, 'p');
const d = columns(Addon, 'd');
const c = columns(Currency, 'c');

/** Numbers that one statement passes at most, so that it is short in a ledger of any size. */
const WINDOW = 50_000;

/** Charge with the names and references of its payer, subscription, order and item, as they are at the export. */
export interface ExportedCharge {
  seq: number;
  id: string;
  kind: ChargeKind;
  payerId: string;
  payerName: string;
  payerExternalReference: string | null;
  subscriptionId: string;
  subscriptionName: string;
  subscriptionExternalReference: string | null;
  serial: number | null;
  placedAt: Date | null;
  purchaseOrderNumber: string | null;
  itemSku: string | null;
  itemName: string | null;
  periodStart: Date;
  periodEnd: Date;
  quantity: number;
  unitMinor: number;
  amountMinor: number;
  currency: string;
  /** Decimal places of the currency. */
  exponent: number;
  reversesId: string;
  reason: string | null;
  createdAt: Date;
}

/** Charges to export. */
export interface ExportedRange {
  /** Start of the period, inclusive. */
  from: Date;
  /** Start of the period, exclusive. */
  until: Date;
  /** Payer. Null for all. */
  accountId: string | null;
}

const SELECTED = `${t.seq}, ${t.id}, ${t.kind}, ${a.id} AS payerId, ${a.name} AS payerName,
  ${a.externalReference} AS payerExternalReference, ${s.id} AS subscriptionId, ${s.friendlyName} AS subscriptionName,
  ${s.externalReference} AS subscriptionExternalReference, ${o.serial}, ${o.placedAt}, ${o.purchaseOrderNumber},
  COALESCE(${p.sku}, ${d.sku}) AS itemSku, COALESCE(${p.name}, ${d.name}) AS itemName, ${t.periodStart}, ${t.periodEnd},
  ${t.quantity}, ${t.unitMinor}, ${t.amountMinor}, ${t.currency}, ${c.exponent}, ${t.reversesId}, ${t.reason}, ${t.createdAt}`;

const JOINED = `JOIN ${a.table} ON ${a.id} = ${t.accountId} JOIN ${s.table} ON ${s.id} = ${t.subscriptionId}
  JOIN ${c.table} ON ${c.code} = ${t.currency} LEFT JOIN ${o.table} ON ${o.id} = ${t.orderId}
  LEFT JOIN ${p.table} ON ${p.id} = ${t.itemId} LEFT JOIN ${d.table} ON ${d.id} = ${t.itemId}`;

/** Page of an export, and the number after which the next one begins. */
export interface ExportedPage {
  charges: ExportedCharge[];
  next: number;
}

/** Finds the charges of a range with numbers after `after` and up to `last`, in their order, at most `limit`. */
export async function findExportedCharges(
  session: Session,
  { from, until, accountId }: ExportedRange,
  after: number,
  last: number,
  limit: number,
): Promise<ExportedPage> {
  const end = Math.min(last, after + WINDOW);
  const where = new Where({ sql: `${t.seq} > ? AND ${t.seq} <= ?`, values: [after, end] })
    .is(t.accountId, accountId)
    .within(t.periodStart, { from, until });
  const index = accountId === null ? 'one_charge_of_a_number' : 'charges_by_payer';
  const charges = await session.rows<ExportedCharge>(
    `SELECT STRAIGHT_JOIN ${SELECTED} FROM ${t.table} FORCE INDEX (${index}) ${JOINED}
     WHERE ${where.sql} ORDER BY ${t.seq} LIMIT ${limit}`,
    where.values,
  );
  const lastRead = charges.length === limit ? charges.at(-1)?.seq : undefined;
  return { charges, next: lastRead ?? end };
}
