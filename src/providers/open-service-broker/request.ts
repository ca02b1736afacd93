import type { ProviderSubscription } from '../port';

/** A change as it is sent, and sent again: everything of it but who sends it. */
export interface Change {
  method: 'PUT' | 'PATCH' | 'DELETE';
  /** The instance, which is our subscription's id. */
  instance: string;
  service: string;
  plan: string;
  /** Null for a deprovisioning. */
  body: Record<string, unknown> | null;
}

const ids = ({ id, serviceType, productId }: ProviderSubscription) => ({
  instance: id,
  service: serviceType,
  plan: productId,
});

/** The base product; add-ons come with an update. */
export function provision(subscription: ProviderSubscription): Change {
  const { quantity } = subscription;
  return { ...ids(subscription), method: 'PUT', body: described(subscription, { quantity, addons: {} }) };
}

/** Every add-on with its total: parameters are replaced as a whole, so a repetition sets the same. */
export function update(subscription: ProviderSubscription): Change {
  const addons = Object.fromEntries(
    subscription.addons.map(({ productId, quantity }) => [productId, quantity]),
  );
  const parameters = { quantity: subscription.quantity, addons };
  return { ...ids(subscription), method: 'PATCH', body: described(subscription, parameters) };
}

/** The end. */
export function deprovision(subscription: ProviderSubscription): Change {
  return { ...ids(subscription), method: 'DELETE', body: null };
}

/** A broker keeps no accounts: whose an instance is stands in its context. */
function described({ name, account, serviceType, productId }: ProviderSubscription, parameters: object) {
  return {
    service_id: serviceType,
    plan_id: productId,
    context: {
      platform: 'skybasket',
      instance_name: name,
      account: { id: account.id, name: account.name, email: account.email.toLowerCase() },
    },
    parameters,
  };
}
