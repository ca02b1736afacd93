import type { ProviderSubscription } from '../subscription';

/** Request of a change, without credentials, so that it can be stored and sent again. */
export interface Change {
  method: 'PUT' | 'PATCH' | 'DELETE';
  /** Id of the instance, which is the id of our subscription. */
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

/** Provisions the base product. An update sets the add-ons. */
export function provision(subscription: ProviderSubscription): Change {
  const { quantity } = subscription;
  return { ...ids(subscription), method: 'PUT', body: described(subscription, { quantity, addons: {} }) };
}

/** Sets the totals of all add-ons. Parameters are replaced as a whole, so a repetition sets the same. */
export function update(subscription: ProviderSubscription): Change {
  const addons = Object.fromEntries(
    subscription.addons.map(({ productId, quantity }) => [productId, quantity]),
  );
  const parameters = { quantity: subscription.quantity, addons };
  return { ...ids(subscription), method: 'PATCH', body: described(subscription, parameters) };
}

/** Deletes the instance. */
export function deprovision(subscription: ProviderSubscription): Change {
  return { ...ids(subscription), method: 'DELETE', body: null };
}

/** A broker keeps no accounts, so the context of an instance contains its account. */
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
