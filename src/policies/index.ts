export * from './actions';
export * from './actor';
export * from './machines';
export * from './recipients';
export * from './viewer-class';
export * from './visibility';
