import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BillingDetailsInput } from './generated';
import { SALES_ORDERS } from './settings';

/** A sales order as our ERP has it. Its numbers identify the customer and the order at both ends. */
export interface SalesOrder {
  number: string;
  /** Purchase order number of the customer. */
  purchaseOrderNumber?: string;
  /** The most that the order can cost us. */
  agreed: { amount: string; currency: string };
  customer: { number: string; name: string; email: string; billing: BillingDetailsInput };
  lines: { sku: string; name: string; quantity?: number; addons: { sku: string; quantity: number }[] }[];
}

/** Reads a sales order of the ERP. */
export const readSalesOrder = (path: string): SalesOrder => JSON.parse(readFileSync(path, 'utf8'));

/** Reads every sales order of the ERP. */
export const readSalesOrders = (): SalesOrder[] =>
  readdirSync(SALES_ORDERS)
    .filter(name => name.endsWith('.json'))
    .map(name => readSalesOrder(join(SALES_ORDERS, name)));
