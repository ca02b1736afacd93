/**
 * Codes of refusals that the client acts on. Codes are vendor-specific and Impossible Cloud publishes none, so these are the
 * simulator's. Other codes are refusals like any other.
 */
export const REFUSED = {
  unknown: -4,
  cancelled: -6,
  differs: -7,
  suspended: -8,
  wrongDirection: -6535,
  addonPresent: -6536,
  addonAbsent: -6537,
} as const;
