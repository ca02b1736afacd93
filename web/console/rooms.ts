import { isStaff, type Viewer } from './session/viewer';

/** Path and name of a page in the navigation. */
type Room = readonly [path: string, name: string];

const CANCELLATIONS: Room = ['/office/cancellations', 'Cancellations'];
const LIVE: Room = ['/live', 'Live'];

const STOREFRONT: readonly Room[] = [
  ['/shop', 'Shop'],
  ['/basket', 'Basket'],
  ['/subscriptions', 'Subscriptions'],
  ['/orders', 'Orders'],
];

const BACK_OFFICE: readonly Room[] = [
  ['/office/orders', 'Orders'],
  ['/office/place', 'Place an order'],
  CANCELLATIONS,
  ['/office/failures', 'Failures'],
  ['/subscriptions', 'Subscriptions'],
];

/** Pages that are for buyers only: the distributor has no basket. */
const FOR_BUYERS = ['/shop', '/basket', '/checkout'];

const isBelow = (location: string, path: string) => location === path || location.startsWith(`${path}/`);
const isReseller = ({ roles }: Viewer) => roles.includes('RESELLER');

/** Pages in the navigation of a viewer. */
export function roomsOf(viewer: Viewer): readonly Room[] {
  if (viewer.roles.length === 0) return [];
  if (isStaff(viewer)) return [...BACK_OFFICE, LIVE];
  // A reseller decides the requests of its customers.
  return [...STOREFRONT, ...(isReseller(viewer) ? [CANCELLATIONS] : []), LIVE];
}

/** Whether a page is for the roles of a viewer. */
export function mayOpen(viewer: Viewer, location: string): boolean {
  if (viewer.roles.length === 0) return false;
  if (isStaff(viewer)) return !FOR_BUYERS.some(path => isBelow(location, path));
  return !isBelow(location, '/office') || (isReseller(viewer) && isBelow(location, CANCELLATIONS[0]));
}
