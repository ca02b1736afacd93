export { Catalog, lockCatalog, recordCatalogChange } from './catalog';
export { ensureCurrency } from './currencies';
export { writePrice } from './price';
export { CatalogSnapshot } from './snapshot';
