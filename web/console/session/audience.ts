import type { Viewer } from './viewer';

/** Whether a page is for a viewer. The graph refuses what it may not do; this hides what it cannot use. */
export type Audience = (viewer: Viewer) => boolean;

const has =
  (...wanted: Viewer['roles'][number][]): Audience =>
  ({ roles }) =>
    wanted.some(role => roles.includes(role));

/** Users of the distributor. */
export const staff = has('ACCOUNT_MANAGER', 'ADMINISTRATOR');
/** Administrators of the distributor. */
export const administrators = has('ADMINISTRATOR');
/** Resellers. */
export const resellers = has('RESELLER');
/** Resellers, who decide the requests of their customers, and users of the distributor. */
export const deciders: Audience = viewer => resellers(viewer) || staff(viewer);
/** Users who can have API keys. */
export const keyOwners = has('RESELLER', 'ACCOUNT_MANAGER', 'ADMINISTRATOR');
/** Users whose accounts can have webhooks, and administrators. */
export const webhookOwners = has('CUSTOMER', 'RESELLER', 'ADMINISTRATOR');
/** Everybody who has a role. */
export const everybody: Audience = ({ roles }) => roles.length > 0;
/** Customers and resellers: the distributor has no basket. */
export const buyers: Audience = viewer => everybody(viewer) && !staff(viewer);
/** Users of the distributor, resellers, and customers that pay themselves: the reseller pays for an end customer. */
export const payers: Audience = viewer => staff(viewer) || resellers(viewer) || viewer.pays;
