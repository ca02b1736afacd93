import type { ProviderSubscription } from '../subscription';

/** Request of a change, without credentials, so that it can be stored and sent again. */
export interface Change {
  method: 'PUT' | 'PATCH' | 'DELETE';
  /** Id of the instance, which is the id of our subscription. */
  instance: string;
  service: string;
  /** Plan before the change, which polls must name (OSB 2.17, "Polling Last Operation"). Undefined when it is not known. */
  plan?: string | undefined;
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

/** Sets the totals of all add-ons. Without `plan_id`, a broker must not change the plan. */
export function update(subscription: ProviderSubscription): Change {
  const { plan_id: _, ...body } = described(subscription, parametersOf(subscription));
  return { ...ids(subscription), method: 'PATCH', body };
}

/** Sets the plan. A broker answers 200 when the instance has it. */
export function changePlan(subscription: ProviderSubscription): Change {
  const { previousProductId } = subscription;
  const body = {
    ...described(subscription, parametersOf(subscription)),
    ...(previousProductId && { previous_values: { plan_id: previousProductId } }),
  };
  return { ...ids(subscription), plan: previousProductId, method: 'PATCH', body };
}

/** All parameters. They are replaced as a whole, so a repetition sets the same, and an add-on that is left out ends. */
function parametersOf({ quantity, addons }: ProviderSubscription) {
  const held = addons.filter(addon => addon.quantity > 0);
  return { quantity, addons: Object.fromEntries(held.map(addon => [addon.productId, addon.quantity])) };
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
