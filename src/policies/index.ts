export * from './actions';
export * from './actor';
export * from './machines';
export * from './recipients';
export * from './visibility';
