import { type Account, AccountKind, Role, type Service } from '../entities';
import { simple, type UserError } from '../errors';
import { type Actor, hasRole } from './actor';

const kindNames: Record<AccountKind, string> = {
  CUSTOMER: 'customers',
  RESELLER: 'resellers',
  AFFILIATE: 'affiliates',
};

/** Checks the recipient: resellers order for their customers, never for themselves; managers for their accounts. */
export function recipientError(actor: Actor, recipient: Account): UserError | null {
  const path = ['recipientId'];
  const inactive = inactiveError(recipient);
  if (inactive) return inactive;
  if (recipient.kind === AccountKind.RESELLER) {
    return simple(
      'RESELLER_CANNOT_ORDER_FOR_SELF',
      `${recipient.name} is a reseller. Choose one of its end customers or affiliates.`,
      path,
    );
  }
  return customerError(actor, { accountId: recipient.id, resellerId: recipient.resellerId });
}

/** Checks that a customer orders for itself, and not at all if it has a reseller, because the reseller is billed. */
export function customerError(
  actor: Actor,
  recipient: { accountId: string; resellerId: string | null },
): UserError | null {
  if (!hasRole(actor, Role.CUSTOMER)) return null;
  const message =
    recipient.accountId !== actor.accountId
      ? 'You can only order for your own account.'
      : recipient.resellerId !== null && 'Your reseller orders for you.';
  return message ? simple('RECIPIENT_NOT_ALLOWED', message, ['recipientId']) : null;
}

/** Checks that an account is active, as the recipient or as the buyer. */
export function inactiveError({ active, name }: Account): UserError | null {
  if (active) return null;
  return simple('RECIPIENT_NOT_ALLOWED', `${name} is deactivated. Choose another recipient.`, [
    'recipientId',
  ]);
}

/** Checks that `service` is available for the recipient's kind of account. */
export function serviceRecipientError(service: Service, recipient: Account): UserError | null {
  if (service.recipientKinds.includes(recipient.kind)) return null;
  const kinds = service.recipientKinds.map(kind => kindNames[kind]).join(' and ');
  return simple('RECIPIENT_NOT_ALLOWED', `${service.name} is for ${kinds}; ${recipient.name} is not one.`, [
    'recipientId',
  ]);
}
