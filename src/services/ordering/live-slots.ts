/** Slot that a live subscription of `serviceId` occupies at its account. One per service that allows one. */
export const liveSlot = (accountId: string, serviceId: string) => `${accountId} ${serviceId}`;
