import { typeid } from 'typeid-js';
import { currentTime } from '../clock';
import {
  Charge,
  ChargeKind,
  type CloudSubscription,
  type ProvisioningOperation,
  type SubscriptionLot,
} from '../entities';
import { type Anchor, type BillingPeriod, periodAt } from './billing-period';
import { creditOf } from './credit';
import { prorate, toSecond } from './proration';

/** Subscription whose charges are computed. */
type Charged = Pick<CloudSubscription, 'id' | 'accountId' | 'resellerId' | 'currency'>;

/** Operation that charges follow from, with the order of what it brings. */
type Cause = Pick<ProvisioningOperation, 'id' | 'orderId'>;

/** Entries of the ledger that a subscription depends on, read at one time. */
export interface LedgerEntries {
  /** Lots, oldest first. */
  lots: readonly SubscriptionLot[];
  /** Charges that end after the time of the next change, with their credits. */
  charges: readonly Charge[];
  /** Order of each lot, by its operation. */
  orders: ReadonlyMap<string, string | null>;
  /** Time up to which there are charges: the end of a billing period. */
  chargedUntil: Date;
}

/** The process that begins a scheduled change and the one that completes it can differ by this much in their clocks. */
const MAX_SKEW_MS = 5000;

/**
 * Ledger of one subscription, in memory. Renewals, changes and the end of the subscription add charges to `written`; nothing
 * is changed or removed. A preview reads them, and `writeCharges` stores them.
 */
export class Ledger {
  readonly written: Charge[] = [];
  chargedUntil: Date;
  private lots: readonly SubscriptionLot[];
  private readonly charges: Charge[];
  private readonly orders: Map<string, string | null>;

  constructor(
    private readonly subscription: Charged,
    private readonly anchor: Anchor,
    { lots, charges, orders, chargedUntil }: LedgerEntries,
  ) {
    this.lots = lots;
    this.charges = [...charges];
    this.orders = new Map(orders);
    this.chargedUntil = chargedUntil;
  }

  /** Begins the ledger of a subscription that is activated: charges its first period. */
  static begin(
    subscription: Charged,
    anchor: Anchor,
    lots: readonly SubscriptionLot[],
    cause: Cause,
  ): Ledger {
    const { end } = periodAt(anchor, anchor.activatedAt);
    const ledger = new Ledger(subscription, anchor, {
      lots: [],
      charges: [],
      orders: new Map(),
      chargedUntil: end,
    });
    ledger.replaceLots(lots, anchor.activatedAt, cause);
    return ledger;
  }

  /** Charges the lots for every period that begins before `until`, and for one that begins at it with `inclusive`. */
  renew(until: Date, { inclusive = false } = {}): void {
    const isDue = () => (inclusive ? this.chargedUntil <= until : this.chargedUntil < until);
    while (isDue()) {
      const period = periodAt(this.anchor, this.chargedUntil);
      for (const lot of this.lots) this.chargePeriod(lot, period);
      this.chargedUntil = period.end;
    }
  }

  /**
   * Time at which something takes effect that is carried out at `now`. What was scheduled for the end of a period takes
   * effect there, however long the provider took: the renewal has waited for it.
   */
  effectiveTime(isScheduled: boolean, now: Date): Date {
    const hasEnded = this.chargedUntil.getTime() - now.getTime() < MAX_SKEW_MS;
    return isScheduled && hasEnded ? this.chargedUntil : now;
  }

  /** Charges the lots that came and credits what has gone, at `time`, because of an operation. */
  replaceLots(lots: readonly SubscriptionLot[], time: Date, { id, orderId }: Cause): void {
    this.orders.set(id, orderId);
    const before = new Map(this.lots.map(lot => [lineOf(lot), lot.quantity]));
    for (const lot of lots) {
      const held = before.get(lineOf(lot));
      if (held === undefined) this.add(lot, time, id);
      else if (lot.quantity < held) this.credit(lot, held - lot.quantity, time, id);
    }
    this.lots = lots;
  }

  /** Credits everything from `time` on, because of an operation. */
  end(time: Date, { id }: Cause): void {
    for (const lot of this.lots) this.credit(lot, lot.quantity, time, id);
    this.lots = [];
  }

  /** Charges a new lot up to the time up to which the others are charged. */
  private add(lot: SubscriptionLot, time: Date, operationId: string): void {
    let period = periodAt(this.anchor, time);
    if (period.start >= this.chargedUntil) return;
    this.charge(lot, period, toSecond(period, time), operationId);
    while (period.end < this.chargedUntil) {
      period = periodAt(this.anchor, period.end);
      this.chargePeriod(lot, period);
    }
  }

  private chargePeriod(lot: SubscriptionLot, period: BillingPeriod): void {
    this.charge(lot, period, period.start, String(period.number));
  }

  private charge(lot: SubscriptionLot, period: BillingPeriod, from: Date, cause: string): void {
    const { quantity, unitMinor } = lot;
    if (quantity === 0) return;
    const isWhole = from.getTime() === period.start.getTime();
    this.write({
      kind: isWhole ? ChargeKind.RECURRING : ChargeKind.PRORATION,
      orderId: this.orders.get(lot.operationId) ?? null,
      itemId: lot.itemId,
      line: lineOf(lot),
      periodStart: from,
      periodEnd: period.end,
      quantity,
      unitMinor,
      amountMinor: prorate({ quantity, unitMinor }, period, from),
      cause,
      reversesId: '',
    });
  }

  private credit(lot: SubscriptionLot, units: number, time: Date, cause: string): void {
    if (units === 0) return;
    const ofLot = this.charges.filter(({ line, periodEnd }) => line === lineOf(lot) && periodEnd > time);
    for (const charge of ofLot.filter(({ kind }) => kind !== ChargeKind.CREDIT)) {
      const credits = ofLot.filter(({ reversesId }) => reversesId === charge.id);
      const period = periodAt(this.anchor, new Date(charge.periodEnd.getTime() - 1));
      const { orderId, itemId, line, unitMinor } = charge;
      const credited = creditOf({ charge, credits, period }, units, time);
      this.write({
        ...credited,
        kind: ChargeKind.CREDIT,
        orderId,
        itemId,
        line,
        unitMinor,
        cause,
        reversesId: charge.id,
      });
    }
  }

  private write(
    charge: Omit<Charge, 'id' | 'seq' | 'accountId' | 'subscriptionId' | 'currency' | 'reason' | 'createdAt'>,
  ) {
    const { id, accountId, resellerId, currency } = this.subscription;
    const entry = Object.assign(new Charge(), {
      ...charge,
      id: typeid('chr').toString(),
      seq: null,
      accountId: resellerId ?? accountId,
      subscriptionId: id,
      currency,
      reason: null,
      createdAt: currentTime(),
    });
    this.written.push(entry);
    this.charges.push(entry);
  }
}

/** Name of a lot in the ledger. */
const lineOf = ({ operationId, itemId }: SubscriptionLot) => `${operationId} ${itemId}`;
