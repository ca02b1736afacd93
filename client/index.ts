/** The client that front-end engineers copy: depends on graphql-ws alone, and on nothing of Node. */
export { CANCELLATION_UPDATES, PROVISIONING_UPDATES, SIGN_IN } from './documents';
export { GraphQLRequestError, StreamRefusedError, type WireError } from './errors';
export type { FollowOptions } from './follow';
export { createSender, type Send, type SenderOptions } from './graphql';
export { followCancellations, followProvisioning, type ProvisioningOptions } from './stream';
export type * from './types';
