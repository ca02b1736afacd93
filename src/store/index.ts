export type { EntityClass } from '../database';
export { findVisible, visibleRows } from './find';
export { idFrom } from './ids';
export { createLoaders, type Loaders } from './loaders';
export { findPage, type Order as ListOrder, type Page, type PageRequest, pageOf, pageSize } from './page';
export { moveSync, transition } from './transition';
