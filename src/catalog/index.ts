export { Catalog, changeCatalog, lockCatalog } from './catalog';
export { writePrice } from './price';
export { CatalogSnapshot } from './snapshot';
