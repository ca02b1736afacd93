import fc from 'fast-check';
import { CYCLES, type Cycle } from './calendar';

/** Event of a random life. Each uses what it needs of the rest. */
export interface DrawnEvent {
  act: 'renew' | 'add' | 'change' | 'replace' | 'end' | 'schedule' | 'schedule end';
  moment: 'soon' | 'same second' | 'in the period' | 'middle' | 'boundary' | 'periods later' | 'back';
  /** Part of the span of `moment`, from 0 to 1. */
  part: number;
  /** Milliseconds beside the boundary. */
  beside: number;
  pick: number;
  units: number;
  unitMinor: number;
  /** Outcome of what is scheduled. */
  isConfirmed: boolean;
}

/** Random life of one subscription. */
export interface DrawnLife {
  currency: string;
  cycle: Cycle;
  activation: number;
  licenses: number;
  licenseMinor: number;
  addons: number;
  addonMinor: number;
  /** Number of the first period that is charged. */
  first: number;
  events: DrawnEvent[];
}

/** Ends of months, days of leap years and others, at any millisecond. */
const activation = fc
  .record({
    year: fc.integer({ min: 2023, max: 2032 }),
    month: fc.integer({ min: 0, max: 11 }),
    day: fc.oneof(fc.constantFrom(0, 28, 29, 30, 31), fc.integer({ min: 1, max: 28 })),
    ofDay: fc.oneof(fc.constantFrom(0, 86_399_999, 36_000_500), fc.integer({ min: 0, max: 86_399_999 })),
  })
  .map(({ year, month, day, ofDay }) => Date.UTC(year, month, day) + ofDay);

const price = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 100, 333, 750, 999),
  fc.integer({ min: 0, max: 5000 }),
  fc.integer({ min: 0, max: 10 ** 12 }),
);
const units = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 60 }));

const event: fc.Arbitrary<DrawnEvent> = fc.record({
  act: fc.constantFrom(
    ...(['renew', 'renew', 'add', 'add', 'change', 'change', 'change', 'replace'] as const),
    ...(['schedule', 'schedule', 'end', 'schedule end'] as const),
  ),
  moment: fc.constantFrom(
    ...(['soon', 'same second', 'in the period', 'in the period', 'boundary', 'boundary'] as const),
    ...(['middle', 'periods later', 'back'] as const),
  ),
  part: fc.double({ min: 0, max: 1, noNaN: true }),
  beside: fc.constantFrom(-1001, -1000, -1, 0, 0, 1, 999, 1000),
  pick: fc.nat(),
  units,
  unitMinor: price,
  isConfirmed: fc.boolean(),
});

export const life: fc.Arbitrary<DrawnLife> = fc.record({
  currency: fc.constantFrom('JPY', 'EUR', 'KWD'),
  cycle: fc.constantFrom('MONTHLY', ...CYCLES),
  activation,
  licenses: units,
  licenseMinor: price,
  addons: fc.integer({ min: 0, max: 6 }),
  addonMinor: price,
  first: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 2),
  events: fc.array(event, { minLength: 2, maxLength: 12 }),
});
