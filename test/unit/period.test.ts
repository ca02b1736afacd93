import { BillingCycle } from '../../src/entities';
import { periodEnd } from '../../src/provisioning/period';

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
