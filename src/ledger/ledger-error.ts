/** Charges of a subscription that cannot be computed, because its rows contradict each other. */
export class LedgerError extends Error {
  override name = 'LedgerError';
}
