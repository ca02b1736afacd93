import { type CloudSubscription, CloudSubscriptionState, Role } from '../../src/entities';
import { recipientError } from '../../src/policies';
import { subscriptionActions } from '../../src/services/subscriptions/subscription-actions';

const subscriptionOf = (resellerId: string | null) =>
  ({
    accountId: 'acc_self',
    resellerId,
    state: CloudSubscriptionState.ACTIVE,
    friendlyName: 'Backups',
  }) as CloudSubscription;

function buying(resellerId: string | null) {
  const actor = {
    userId: 'usr_1',
    roles: [Role.CUSTOMER],
    accountId: 'acc_self',
    resellerId,
    priceListId: null,
  };
  const matters = { subscription: subscriptionOf(resellerId), operations: [], request: null, change: null };
  const told = subscriptionActions(actor, matters, { hasSuspension: true, requesters: [] }).find(
    ({ action }) => action === 'BUY_ADDONS',
  );
  const refused = recipientError(actor, {
    id: 'acc_self',
    kind: 'CUSTOMER',
    resellerId,
    active: true,
  } as never);
  return { told, refused };
}

test("an end customer's subscription blocks BUY_ADDONS with the error of checkout: its reseller orders", () => {
  const { told, refused } = buying('acc_reseller');
  expect(refused).toMatchObject({ code: 'RECIPIENT_NOT_ALLOWED', message: 'Your reseller orders for you.' });
  expect(told).toEqual({ action: 'BUY_ADDONS', allowed: false, blockedBy: refused });
});

test('a direct customer can buy add-ons, as at checkout', () => {
  expect(buying(null)).toEqual({
    told: { action: 'BUY_ADDONS', allowed: true, blockedBy: null },
    refused: null,
  });
});
