export type { EntityClass } from '../database';
export { advance, writeAdvanced } from './advance';
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
export { type EventType, type NewEvent, record } from './record';
export { stateColumns } from './stateful';
export { type Move, moveAll, transition, tryTransition } from './transition';
