/** The client that front-end engineers copy: depends on graphql-ws alone, and on nothing of Node. */

export { GraphQLRequestError, SessionEndedError, StreamRefusedError, type WireError } from './errors';
export type { FollowOptions } from './follow';
export { createSender, type Send, type SenderOptions } from './graphql';
export {
  CANCELLATION_UPDATES,
  ORDER_UPDATES,
  PROVISIONING_UPDATES,
  REFRESH_TOKEN,
  SIGN_IN,
  SIGN_OUT,
  SUBSCRIPTION_UPDATES,
} from './operations';
export { createSession, type Session, type SessionOptions, type TokenStore } from './session';
export {
  followCancellations,
  followOrders,
  followProvisioning,
  followSubscriptions,
  type OrderOptions,
  type ProvisioningOptions,
  type SubscriptionOptions,
} from './stream';
export { type ConnectionEnd, type ConnectionRequest, subscribeOnce } from './subscribe-once';
export type * from './types';
