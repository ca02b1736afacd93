import { type Account, AccountKind, Role, type Service } from '../entities';
import { simple, type UserError } from '../errors';
import { type Actor, hasRole } from './actor';

const kindNames: Record<AccountKind, string> = {
  CUSTOMER: 'customers',
  RESELLER: 'resellers',
  AFFILIATE: 'affiliates',
};

/**
 * Whom `actor` may order for, besides being allowed to see the account: a reseller for its end customers and affiliates
 * and never for itself, a direct customer for itself, an account manager for any account that it looks after.
 */
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

/** A customer orders for itself only, and where it has a reseller not at all: the reseller is billed. */
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

/** Nothing is ordered for an account that is deactivated, nor at the expense of one. */
export function inactiveError({ active, name }: Account): UserError | null {
  if (active) return null;
  return simple('RECIPIENT_NOT_ALLOWED', `${name} is deactivated; nothing can be ordered for it.`, [
    'recipientId',
  ]);
}

/** Whether `service` can be received by accounts of the recipient's kind. */
export function serviceRecipientError(service: Service, recipient: Account): UserError | null {
  if (service.recipientKinds.includes(recipient.kind)) return null;
  const kinds = service.recipientKinds.map(kind => kindNames[kind]).join(' and ');
  return simple('RECIPIENT_NOT_ALLOWED', `${service.name} is for ${kinds}; ${recipient.name} is not one.`, [
    'recipientId',
  ]);
}
