export { prorate, runningPeriod, runningPeriodEnd } from './billing-period';
export { changeLots, completeLots, licensesAt, newLots, pricedAddons, recurringOf } from './lots';
export { periodEnd } from './period';
