export * from './actions';
export * from './actor';
export { type Callers, roots } from './coverage';
export { findUndecided } from './find-undecided';
export * from './invitations';
export * from './machines';
export * from './recipients';
export * from './viewer-class';
export * from './visibility';
