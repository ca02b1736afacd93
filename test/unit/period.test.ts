import { BillingCycle } from '../../src/entities';
import { endedPeriods, periodEnd } from '../../src/ledger/period';

const { MONTHLY, ANNUALLY, TWO_YEARS, THREE_YEARS } = BillingCycle;

test.each([
  ['2026-01-15T10:20:30.456Z', MONTHLY, '2026-02-15T10:20:30.456Z'],
  ['2026-12-15T00:00:00.000Z', MONTHLY, '2027-01-15T00:00:00.000Z'],
  ['2026-01-31T23:59:59.999Z', MONTHLY, '2026-02-28T23:59:59.999Z'],
  ['2028-01-31T00:00:00.000Z', MONTHLY, '2028-02-29T00:00:00.000Z'],
  ['2026-01-29T00:00:00.000Z', MONTHLY, '2026-02-28T00:00:00.000Z'],
  ['2026-01-28T00:00:00.000Z', MONTHLY, '2026-02-28T00:00:00.000Z'],
  ['2026-03-31T12:00:00.000Z', MONTHLY, '2026-04-30T12:00:00.000Z'],
  ['2026-11-30T12:00:00.000Z', MONTHLY, '2026-12-30T12:00:00.000Z'],
  // Neither change of summer time moves the hour.
  ['2026-03-01T00:30:00.000Z', MONTHLY, '2026-04-01T00:30:00.000Z'],
  ['2026-10-01T22:30:00.000Z', MONTHLY, '2026-11-01T22:30:00.000Z'],
  ['2026-06-30T12:00:00.000Z', ANNUALLY, '2027-06-30T12:00:00.000Z'],
  ['2028-02-29T12:00:00.000Z', ANNUALLY, '2029-02-28T12:00:00.000Z'],
  ['2028-02-29T12:00:00.000Z', TWO_YEARS, '2030-02-28T12:00:00.000Z'],
  ['2026-02-28T12:00:00.000Z', TWO_YEARS, '2028-02-28T12:00:00.000Z'],
  ['2026-05-31T12:00:00.000Z', THREE_YEARS, '2029-05-31T12:00:00.000Z'],
])('a period from %s billed %s ends at %s', (start, cycle, end) => {
  const begun = new Date(start);
  expect(periodEnd(begun, cycle).toISOString()).toBe(end);
  expect(begun.toISOString()).toBe(start);
});

test.each([
  ['2026-01-31T12:00:00.000Z', MONTHLY, ['2026-02-28', '2026-03-31', '2026-04-30']],
  ['2028-01-31T12:00:00.000Z', MONTHLY, ['2028-02-29', '2028-03-31', '2028-04-30']],
  ['2028-02-29T12:00:00.000Z', ANNUALLY, ['2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29']],
])(
  'periods from %s billed %s end on the day of the first, or on the last of the month',
  (start, cycle, ends) => {
    const from = new Date(start);
    const found = ends.map((_, index) =>
      periodEnd(from, cycle, index + 1)
        .toISOString()
        .slice(0, 10),
    );
    expect(found).toEqual(ends);
  },
);

test('a period has ended at its end, and not a millisecond before, in all of 20 years', () => {
  for (const cycle of [MONTHLY, ANNUALLY, TWO_YEARS, THREE_YEARS]) {
    for (const start of [
      '2026-01-31T12:00:00.000Z',
      '2028-02-29T00:00:00.000Z',
      '2026-12-01T23:59:59.999Z',
    ]) {
      const from = new Date(start);
      const total = { MONTHLY: 240, ANNUALLY: 20, TWO_YEARS: 10, THREE_YEARS: 7 }[cycle];
      for (let periods = 1; periods <= total; periods += 1) {
        const end = periodEnd(from, cycle, periods);
        expect(endedPeriods(from, cycle, end)).toBe(periods);
        expect(endedPeriods(from, cycle, new Date(end.getTime() - 1))).toBe(periods - 1);
      }
      expect(endedPeriods(from, cycle, new Date(0))).toBe(0);
    }
  }
});
