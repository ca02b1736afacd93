export { Catalog, changeCatalog } from './catalog';
export { CatalogSnapshot, type PriceTable } from './snapshot';
