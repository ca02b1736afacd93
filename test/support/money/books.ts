import { type BillingCycle, type Charge, type SubscriptionLot } from '../../../src/entities';
import { changeLots, Ledger, newLots, timeAfter } from '../../../src/ledger';
import type { NewLot } from './holdings';
import type { Begin, Change } from './model';

const SUBSCRIPTION = { id: 'sub', accountId: 'customer', resellerId: 'reseller' };
/** Licenses of the product, which stay one while products replace each other. */
export const PRODUCTS = ['prd_1', 'prd_2'];

const priced = (lots: readonly NewLot[]) =>
  lots.map(({ item, quantity, unitMinor }) => ({ itemId: item, quantity, unitMinor: Number(unitMinor) }));

/**
 * The ledger of `src/ledger` over a life, as the steps of the worker and the renewal use it, with arrays in place of tables.
 * Every event reads what is stored and opens the ledger anew.
 */
export class Books {
  charges: Charge[] = [];
  lots: SubscriptionLot[] = [];
  chargedUntil: Date;
  private readonly anchor: { activatedAt: Date; billingCycle: BillingCycle };

  constructor(
    { activation, cycle, lots, operation, first = 0 }: Begin,
    readonly currency: string,
    chargedUntil: Date,
  ) {
    const activatedAt = new Date(activation);
    this.anchor = { activatedAt, billingCycle: cycle as BillingCycle };
    this.lots = newLots(operationOf(operation), priced(lots), activatedAt);
    this.chargedUntil = chargedUntil;
    if (first > 0) return;
    this.store(Ledger.begin(this.subscription, this.anchor, this.lots, operationOf(operation)));
  }

  /** As `createRenewal` and `chargeBefore`. */
  renew(until: number, inclusive: boolean): void {
    const ledger = this.open(new Date(until), []);
    ledger.renew(new Date(until), { inclusive });
    this.store(ledger);
  }

  /** As the step ACTIVATE_SERVICE of an order of add-ons. */
  add(now: number, { operation, added }: Change): void {
    const time = new Date(now);
    const ledger = this.open(time);
    ledger.renew(time);
    const lots = [
      ...this.lots,
      ...newLots(operationOf(operation), priced(added), timeAfter(this.lots, time)),
    ];
    ledger.replaceLots(lots, time, operationOf(operation));
    this.store(ledger, lots);
  }

  /** As `settleChange`. */
  change(now: number, { operation, taken, added }: Change, isScheduled: boolean): void {
    const ledger = this.open(new Date(now));
    const time = ledger.effectiveTime(isScheduled, new Date(now));
    const held = new Map<string, number>();
    for (const { itemId, quantity } of this.lots) held.set(itemId, (held.get(itemId) ?? 0) + quantity);
    for (const [item, quantity] of taken) held.set(item, (held.get(item) ?? 0) - quantity);
    for (const { item, quantity } of added) held.set(item, (held.get(item) ?? 0) + quantity);
    const productId = PRODUCTS.find(id => held.get(id)) as string;
    const addons = [...held].flatMap(([addonId, quantity]) =>
      PRODUCTS.includes(addonId) ? [] : [{ addonId, quantity }],
    );
    const after = {
      after: { productId, addons },
      licenses: held.get(productId) as number,
      added: priced(added),
    };
    const lots = changeLots(this.lots, after, operationOf(operation), time);
    ledger.renew(time);
    ledger.replaceLots(lots, time, operationOf(operation));
    ledger.renew(new Date(now), { inclusive: true });
    this.store(ledger, lots);
  }

  /** As `endSubscription`. */
  end(now: number, operation: string, isScheduled: boolean): void {
    const ledger = this.open(new Date(now));
    const time = ledger.effectiveTime(isScheduled, new Date(now));
    ledger.renew(time);
    ledger.end(time, operationOf(operation));
    this.store(ledger);
  }

  private get subscription() {
    return { ...SUBSCRIPTION, currency: this.currency };
  }

  private open(time: Date, charges = this.endingAfter(time)): Ledger {
    const { lots, chargedUntil } = this;
    const orders = new Map(lots.map(({ operationId }) => [operationId, null]));
    return new Ledger(this.subscription, this.anchor, { lots, charges, orders, chargedUntil });
  }

  /** As `openLedger` reads them. */
  private endingAfter(time: Date): Charge[] {
    const first = this.chargedUntil < time ? this.chargedUntil : time;
    return this.charges.filter(({ periodEnd }) => periodEnd > first);
  }

  private store(ledger: Ledger, lots = this.lots): void {
    this.charges.push(...ledger.written);
    this.chargedUntil = ledger.chargedUntil;
    this.lots = lots.toSorted(
      (one, other) =>
        one.since.getTime() - other.since.getTime() || (one.operationId < other.operationId ? -1 : 1),
    );
  }
}

const operationOf = (id: string) => ({ id, subscriptionId: SUBSCRIPTION.id, orderId: null });
