export { findVisible, visibleRows } from './find';
export { createLoaders, type Loaders } from './loaders';
export { findPage, type Order as ListOrder, type Page, type PageRequest, pageOf } from './page';
export { transition } from './transition';
