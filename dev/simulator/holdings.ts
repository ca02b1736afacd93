import type { InstanceRecord, SubscriptionRecord } from './records';
import type { Store } from './store';

/** Subscription at the service manager or instance at the broker, as it is now. */
export interface Holding {
  /** Id of the caller. */
  id: string;
  productId: string;
  quantity: number;
  state: SubscriptionRecord['state'];
  /** Totals by product id, above 0. */
  addons: Record<string, number>;
}

/** Holdings of both providers, which tests compare with the records of the gateway. */
export function holdings({ subscriptions, instances }: Store): Holding[] {
  const begun = [...instances.values()].filter(({ state }) => state !== 'NEW');
  return [...[...subscriptions.values()].map(ofSubscription), ...begun.map(ofInstance)];
}

function ofSubscription({ id, productId, quantity, state, addons }: SubscriptionRecord): Holding {
  return { id, productId, quantity, state, addons };
}

function ofInstance({ id, plan, state, parameters: { quantity, addons } }: InstanceRecord): Holding {
  const held = Object.entries(addons).filter(([, total]) => total > 0);
  return state === 'GONE'
    ? { id, productId: plan, quantity, state: 'CANCELLED', addons: {} }
    : { id, productId: plan, quantity, state: 'ACTIVE', addons: Object.fromEntries(held) };
}
