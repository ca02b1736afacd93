export * from './accounts';
export * from './catalog';
export { defineEnum } from './define-enum';
export * from './lists';
export * from './mail';
export * from './ordering';
export * from './provisioning';
export * from './subscriptions';
export * from './webhooks';
