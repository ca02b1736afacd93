import { type Cycle, type Period, period } from './calendar';
import { Holdings, held, type Lot, type NewLot } from './holdings';
import { priceOfUse, secondsInto } from './use';

export interface ModelCharge {
  kind: 'RECURRING' | 'PRORATION' | 'CREDIT';
  lot: string;
  item: string;
  quantity: number;
  from: number;
  until: number;
  amount: bigint;
  /** Operation, or number of the renewal. */
  cause: string;
}

export interface Begin {
  activation: number;
  cycle: Cycle;
  lots: readonly NewLot[];
  /** Operation that activates. */
  operation: string;
  /** Number of the first period that is charged: not 0 for a subscription that is older than the ledger. */
  first?: number;
}

/** Confirmed change of the contents of a subscription. */
export interface Change {
  operation: string;
  taken: ReadonlyMap<string, number>;
  added: readonly NewLot[];
}

/**
 * Ledger of one subscription as docs/money.md states it, written before `src/ledger` was read.
 *
 * It computes no credits. It knows for which time every unit is held, hence the price of the use in each period that is
 * charged, and writes the difference to what it has written before.
 */
export class Life {
  readonly charges: ModelCharge[] = [];
  readonly holdings = new Holdings();
  /** Number of the next period that is charged. */
  opened: number;
  isEnded = false;
  /** Sum of what is written, by lot and number of the period. */
  private readonly written = new Map<string, bigint>();
  private readonly periods: Period[] = [];

  constructor(private readonly begin: Begin) {
    const { first = 0, activation, operation, lots } = begin;
    this.opened = first;
    this.holdings.receive(activation, operation, lots);
    if (first === 0) this.open(operation);
  }

  /** Start of the next period that is charged. */
  get chargedUntil(): number {
    return this.period(this.opened).start;
  }

  /** Charges every period that has begun. */
  renew(now: number): void {
    while (!this.isEnded && this.chargedUntil <= now) this.open();
  }

  /** Carries out a change that the provider confirms at `now`. One at the start of a period precedes the charge of the period. */
  change(now: number, { operation, taken, added }: Change): void {
    this.renew(now - 1);
    const goes = this.holdings.take(now, taken);
    const comes = this.holdings.receive(now, operation, added);
    for (const [lot, units] of goes) this.credit(lot, units, now, operation);
    for (const lot of comes) this.charge(lot, now, operation);
  }

  /** Carries out a change that was scheduled for the end of the running period. The renewal has waited for it. */
  changeAtEnd(now: number, change: Change): void {
    this.change(this.scheduledTime(now), change);
  }

  end(now: number, operation: string): void {
    this.renew(now - 1);
    const goes = this.holdings.take(now, this.holdings.quantities());
    for (const [lot, units] of goes) this.credit(lot, units, now, operation);
    this.isEnded = true;
  }

  /** Ends at the accepted `end`. A suspended subscription has none: its cancellation is one that is scheduled. */
  endAtEnd(now: number, operation: string, end = this.scheduledTime(now)): void {
    this.end(end, operation);
  }

  /** The end of the period for what is carried out after it, or less than 5 seconds before it by a clock that is behind. */
  private scheduledTime(now: number): number {
    return this.chargedUntil - now < 5000 ? this.chargedUntil : now;
  }

  period(n: number): Period {
    const { activation, cycle } = this.begin;
    this.periods[n] ??= period(activation, cycle, n);
    return this.periods[n];
  }

  /** Charges the next period of all lots with units. */
  private open(cause = String(this.opened)): void {
    const n = this.opened++;
    for (const lot of this.holdings.lots) {
      const { length } = held(lot);
      if (length > 0) this.write('RECURRING', lot, n, length, this.period(n).start, cause);
    }
  }

  /** Charges a new lot in the periods that are charged: one, unless the clock is set back. */
  private charge(lot: Lot, time: number, operation: string): void {
    for (const [index, n] of this.chargedPeriodsAfter(time).entries()) {
      const from = wholeSecond(this.period(n), time);
      const kind = from === this.period(n).start ? 'RECURRING' : 'PRORATION';
      this.write(kind, lot, n, lot.units.length, from, index === 0 ? operation : String(n));
    }
  }

  private credit(lot: Lot, units: number, time: number, operation: string): void {
    for (const n of this.chargedPeriodsAfter(time)) {
      if (!this.written.has(`${lot.name} ${n}`)) continue;
      this.write('CREDIT', lot, n, units, wholeSecond(this.period(n), Math.max(time, lot.since)), operation);
    }
  }

  private chargedPeriodsAfter(time: number): number[] {
    return Array.from({ length: this.opened }, (_, n) => n).filter(n => this.period(n).end > time);
  }

  /** Writes the difference between the price of the use and what is written. */
  private write(
    kind: ModelCharge['kind'],
    lot: Lot,
    n: number,
    quantity: number,
    from: number,
    cause: string,
  ): void {
    const key = `${lot.name} ${n}`;
    const price = priceOfUse(lot.unitMinor, lot.units, this.period(n));
    const amount = price - (this.written.get(key) ?? 0n);
    this.written.set(key, price);
    const { name, item } = lot;
    this.charges.push({ kind, lot: name, item, quantity, from, until: this.period(n).end, amount, cause });
  }
}

/** The last time at or before `time` that is whole seconds after the start of the period; the start for an earlier time. */
const wholeSecond = (period: Period, time: number): number => period.start + 1000 * secondsInto(period, time);
