export * from './basket';
export * from './cancellations';
export * from './filters';
export * from './lines';
export * from './orders';
export * from './references';
export * from './sign-in';
export * from './subscriptions';
