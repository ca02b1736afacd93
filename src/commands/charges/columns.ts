import { Money, orderNumber } from '../../entities';
import type { ExportedCharge } from '../../store';

/** Value of a cell: a text, a number, or an amount, which is a plain decimal and no text. */
export type Cell = string | number | Amount | null;

/** Plain decimal, such as `-3.75`. */
export class Amount {
  constructor(readonly decimal: string) {}
}

/** Amount in minor units as a plain decimal. */
export const amountOf = (minor: number | bigint, code: string, exponent: number): Amount =>
  new Amount(Money.of(minor, { code, exponent }).amount);

/** Values of an exported row by column, in the order of the columns. */
export type Row = Readonly<Record<string, Cell>>;

/** Columns of a charge. */
export function rowOf(charge: ExportedCharge): Row {
  const { serial, placedAt, unitMinor, amountMinor, currency, exponent, reversesId } = charge;
  return {
    seq: charge.seq,
    id: charge.id,
    kind: charge.kind,
    payerId: charge.payerId,
    payerName: charge.payerName,
    payerExternalReference: charge.payerExternalReference,
    subscriptionId: charge.subscriptionId,
    subscriptionName: charge.subscriptionName,
    subscriptionExternalReference: charge.subscriptionExternalReference,
    orderNumber: serial !== null && placedAt ? orderNumber({ serial, placedAt }) : null,
    purchaseOrderNumber: charge.purchaseOrderNumber,
    itemSku: charge.itemSku,
    itemName: charge.itemName,
    periodStart: charge.periodStart.toISOString(),
    periodEnd: charge.periodEnd.toISOString(),
    quantity: charge.quantity,
    unitPrice: amountOf(unitMinor, currency, exponent),
    amount: amountOf(amountMinor, currency, exponent),
    currency,
    reverses: reversesId || null,
    reason: charge.reason,
    createdAt: charge.createdAt.toISOString(),
  };
}

/** Names of the columns of a charge. */
export const CHARGE_COLUMNS = [
  'seq',
  'id',
  'kind',
  'payerId',
  'payerName',
  'payerExternalReference',
  'subscriptionId',
  'subscriptionName',
  'subscriptionExternalReference',
  'orderNumber',
  'purchaseOrderNumber',
  'itemSku',
  'itemName',
  'periodStart',
  'periodEnd',
  'quantity',
  'unitPrice',
  'amount',
  'currency',
  'reverses',
  'reason',
  'createdAt',
] as const;
