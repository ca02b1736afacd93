export * from './actions';
export * from './actor';
export { type Callers, roots } from './coverage';
export { findUndecided } from './find-undecided';
export * from './machines';
export * from './own-accounts';
export * from './recipients';
export * from './viewer-class';
export * from './visibility';
