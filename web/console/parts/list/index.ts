export { DataList } from './data-list';
export { rangeOf, valuesOf } from './filter-values';
export type { Column, Filter } from './types';
