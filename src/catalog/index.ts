export { Catalog, changeCatalog, lockCatalog } from './catalog';
export { type PriceChange, writePrice } from './price';
export { CatalogSnapshot } from './snapshot';
