import { Books, PRODUCTS } from './books';
import type { DrawnEvent, DrawnLife } from './draw';
import type { NewLot } from './holdings';
import { type Change, Life } from './model';

const ADDONS = ['add_a', 'add_b'];
const DAY_MS = 86_400_000;

/** A life that is played at once in the model and in the ledger. */
export class Played {
  readonly model: Life;
  readonly books: Books;
  now: number;
  private product = PRODUCTS[0] as string;
  private operations = 0;

  constructor(drawn: DrawnLife) {
    const { activation, licenses, licenseMinor, addons, addonMinor, cycle, currency, first } = drawn;
    const lots: NewLot[] = [lotOf(this.product, licenses, licenseMinor)];
    if (addons > 0) lots.push(lotOf('add_a', addons, addonMinor));
    const begin = { activation, cycle, lots, operation: this.operation(), first };
    this.now = activation;
    this.model = new Life(begin);
    this.books = new Books(begin, currency, new Date(this.model.chargedUntil));
    if (first > 0) this.now = this.model.chargedUntil - 1;
  }

  get isEnded(): boolean {
    return this.model.isEnded;
  }

  play(event: DrawnEvent): void {
    this.now = this.momentOf(event);
    const { model, books, now } = this;
    switch (event.act) {
      case 'renew':
        model.renew(now);
        books.renew(now, true);
        return;
      case 'add': {
        const added = this.addition(event);
        model.change(now, added);
        books.add(now, added);
        return;
      }
      case 'end': {
        const operation = this.operation();
        model.end(now, operation);
        books.end(now, operation, false);
        return;
      }
      case 'schedule':
      case 'schedule end':
        this.schedule(event);
        return;
      default: {
        const change = event.act === 'replace' ? this.replacement(event) : this.reduction(event);
        model.change(now, change);
        model.renew(now);
        books.change(now, change, false);
      }
    }
  }

  /** The renewal waits for the outcome, which comes late or at once, or while the clock is set back. */
  private schedule(event: DrawnEvent): void {
    const { model, books } = this;
    const boundary = this.periodOf(this.now).end;
    this.now =
      boundary + Math.floor(event.part * (event.units % 3) * 40 * DAY_MS) + Math.max(event.beside, -1);
    if (model.chargedUntil < boundary) {
      model.renew(boundary - 1);
      books.renew(boundary, false);
    }
    if (!event.isConfirmed) {
      model.renew(this.now);
      books.renew(this.now, true);
    } else if (event.act === 'schedule end') {
      const operation = this.operation();
      model.endAtEnd(this.now, operation);
      books.end(this.now, operation, true);
    } else {
      const change = event.pick % 3 === 0 ? this.replacement(event) : this.reduction(event);
      model.changeAtEnd(this.now, change);
      model.renew(this.now);
      books.change(this.now, change, true);
    }
  }

  private addition({ pick, units, unitMinor }: DrawnEvent): Change {
    const added = [lotOf(ADDONS[pick % 2] as string, units, unitMinor)];
    return { operation: this.operation(), taken: new Map(), added };
  }

  /** Takes from one add-on, and adds another or none. */
  private reduction({ pick, units, unitMinor }: DrawnEvent): Change {
    const [less, more] = pick % 2 ? ADDONS : ADDONS.toReversed();
    const held = this.model.holdings.quantities().get(less as string) ?? 0;
    const taken = new Map([[less as string, Math.min(held, units)]]);
    const added = pick % 5 === 0 ? [lotOf(more as string, units, unitMinor)] : [];
    return { operation: this.operation(), taken, added };
  }

  private replacement({ unitMinor }: DrawnEvent): Change {
    const licenses = this.model.holdings.quantities().get(this.product) as number;
    const taken = new Map([[this.product, licenses]]);
    this.product = PRODUCTS.find(id => id !== this.product) as string;
    return { operation: this.operation(), taken, added: [lotOf(this.product, licenses, unitMinor)] };
  }

  private momentOf({ moment, part, beside }: DrawnEvent): number {
    const { start, end } = this.periodOf(this.now);
    switch (moment) {
      case 'soon':
        return this.now + Math.floor(part * 3 * DAY_MS);
      case 'same second':
        return this.now + Math.floor(part * 1000);
      case 'in the period':
        return this.now + Math.floor(part * (end - this.now));
      case 'middle':
        return Math.max(this.now, (start + end) / 2);
      case 'boundary':
        return Math.max(this.now, end + beside);
      case 'periods later':
        return end + Math.floor(part * 4 * (end - start));
      case 'back':
        return this.now - Math.floor(part * 2 * (end - start));
    }
  }

  /** Period in which `time` is, or the first one. */
  private periodOf(time: number) {
    let n = 0;
    while (this.model.period(n).end <= time) n++;
    return this.model.period(n);
  }

  private operation(): string {
    return `op_${String(this.operations++).padStart(3, '0')}`;
  }
}

const lotOf = (item: string, quantity: number, unitMinor: number): NewLot => ({
  item,
  quantity,
  unitMinor: BigInt(unitMinor),
});
