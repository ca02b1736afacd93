import type { AccountKind, Role } from '../../generated/graphql';
import { administrators, staff } from '../session/audience';
import type { Viewer } from '../session/viewer';

/** Place of a new account: a direct customer, a reseller, or an account under a reseller. */
export type Place = 'DIRECT' | 'END' | 'AFFILIATE' | 'RESELLER';

/** Kind of account at each place. */
export const KINDS: Readonly<Record<Place, AccountKind>> = {
  DIRECT: 'CUSTOMER',
  END: 'CUSTOMER',
  AFFILIATE: 'AFFILIATE',
  RESELLER: 'RESELLER',
};

/** Place of an account. */
export function placeOf({ kind, reseller }: { kind: AccountKind; reseller: object | null }): Place {
  if (kind === 'CUSTOMER') return reseller ? 'END' : 'DIRECT';
  return kind;
}

/** Whether an account at a place has a reseller. */
export const isUnderReseller = (place: Place): boolean => place === 'END' || place === 'AFFILIATE';

/** Places at which a viewer can create accounts. */
export function placesOf(viewer: Viewer): readonly Place[] {
  if (administrators(viewer)) return ['DIRECT', 'RESELLER', 'END', 'AFFILIATE'];
  return staff(viewer) ? ['DIRECT', 'END', 'AFFILIATE'] : ['END', 'AFFILIATE'];
}

interface Owned {
  readonly id: string;
  readonly reseller: { readonly id: string } | null;
}

const isCustomerOf = (viewer: Viewer, { reseller }: Owned): boolean =>
  viewer.account !== null && reseller?.id === viewer.account.id;

/** Whether a viewer can change the details and the reference of an account. A reseller changes those under it. */
export const canChange = (viewer: Viewer, account: Owned): boolean =>
  staff(viewer) || isCustomerOf(viewer, account);

/**
 * Whether a viewer can invite users of an account. An end customer cannot, but does not see that it has a reseller: the
 * gateway tells it.
 */
export function canInvite(viewer: Viewer, account: Owned): boolean {
  if (staff(viewer) || isCustomerOf(viewer, account)) return true;
  return viewer.account?.id === account.id && account.reseller === null;
}

/** Role that fits the kind of an account. */
export const roleIn = (kind: AccountKind): Role => (kind === 'RESELLER' ? 'RESELLER' : 'CUSTOMER');

/** Roles of BSS staff. */
export const STAFF_ROLES = ['ACCOUNT_MANAGER', 'ADMINISTRATOR'] as const satisfies readonly Role[];
