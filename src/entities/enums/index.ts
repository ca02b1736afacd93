export * from './accounts';
export * from './catalog';
export * from './ordering';
export * from './provisioning';
export * from './subscriptions';
export * from './webhooks';
