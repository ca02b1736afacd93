import type { Unit } from './use';

/** Units that come in one operation. */
export interface NewLot {
  item: string;
  quantity: number;
  unitMinor: bigint;
}

/** Units of one item that came in one operation, each with the time for which it is held. */
export interface Lot {
  /** Operation and item. */
  name: string;
  item: string;
  unitMinor: bigint;
  since: number;
  units: Unit[];
}

export const held = ({ units }: Lot): Unit[] =>
  units.filter(({ until }) => until === Number.POSITIVE_INFINITY);

/** Lots of a subscription in the order in which they came, whatever the clock said; those without units too. */
export class Holdings {
  readonly lots: Lot[] = [];

  receive(since: number, operation: string, added: readonly NewLot[]): Lot[] {
    const lots = added.map(({ item, quantity, unitMinor }) => {
      const units = Array.from({ length: quantity }, () => ({
        from: since,
        until: Number.POSITIVE_INFINITY,
      }));
      return { name: `${operation} ${item}`, item, unitMinor, since, units };
    });
    this.lots.push(...lots);
    return lots;
  }

  /** Takes units of items, the newest lot first. Resolves to the number of units taken of each lot. */
  take(time: number, taken: ReadonlyMap<string, number>): Map<Lot, number> {
    const goes = new Map<Lot, number>();
    for (const [item, count] of taken) {
      const newestFirst = this.lots.filter(lot => lot.item === item).reverse();
      const units = newestFirst.flatMap(lot => held(lot).map(unit => ({ lot, unit })));
      for (const { lot, unit } of units.slice(0, count)) {
        // The clock may have been set back: nothing is held for less than no time.
        unit.until = Math.max(time, unit.from);
        goes.set(lot, (goes.get(lot) ?? 0) + 1);
      }
    }
    return goes;
  }

  /** Number of units that are held, by item. */
  quantities(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const lot of this.lots) counts.set(lot.item, (counts.get(lot.item) ?? 0) + held(lot).length);
    return counts;
  }
}
