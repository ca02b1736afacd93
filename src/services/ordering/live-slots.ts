/** The slot that a live subscription of `serviceId` occupies at its account: one for a service that allows one. */
export const liveSlot = (accountId: string, serviceId: string) => `${accountId} ${serviceId}`;
