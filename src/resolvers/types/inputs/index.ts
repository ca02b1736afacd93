export * from './accounts';
export * from './basket';
export * from './cancellations';
export * from './lines';
export * from './orders';
export * from './sign-in';
export * from './subscriptions';
