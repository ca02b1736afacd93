export * from './refusals';
export * from './registry';
export * from './request-error';
export * from './user-error';
