export { prorate, runningPeriod, runningPeriodEnd } from './billing-period';
export {
  addRetail,
  changeLots,
  completeLots,
  licensesAt,
  newLots,
  pricedAddons,
  recurringOf,
  retailOf,
} from './lots';
export { periodEnd } from './period';
