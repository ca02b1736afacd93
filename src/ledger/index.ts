export { runningPeriod, runningPeriodEnd } from './billing-period';
export { Ledger } from './ledger';
export { LedgerError } from './ledger-error';
export {
  addRetail,
  changeLots,
  completeLots,
  licensesAt,
  newLots,
  pricedAddons,
  recurringOf,
  retailOf,
  timeAfter,
} from './lots';
export { openLedger } from './open-ledger';
export { periodEnd } from './period';
export { prorate } from './proration';
export { readLots } from './read-lots';
export { renewBefore } from './renew-before';
export { createRenewal } from './renew-due';
export { writeCharges } from './write-charges';
