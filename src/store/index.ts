export type { EntityClass } from '../database';
export { knowChore, takeChore } from './chores';
export { findVisible, listedRows, visibleRows } from './find';
export { createLoaders, type Loaders } from './loaders';
export {
  findPage,
  type KeyOrder,
  type Order as ListOrder,
  type Page,
  type PageRequest,
  pageOf,
  pageSize,
} from './page';
export { moveSync, transition } from './transition';
