export { findVisible, visibleRows } from './find';
export { createLoaders, type Loaders } from './loaders';
export { findPage, type Order as ListOrder, type Page, type PageRequest, pageOf, pageSize } from './page';
export { transition } from './transition';
