export * from './actions';
export * from './actor';
export { type Callers, roots } from './coverage';
export * from './machines';
export * from './recipients';
export { undecided } from './undecided';
export * from './viewer-class';
export * from './visibility';
