export { Catalog, changeCatalog } from './catalog';
export { CatalogSnapshot } from './snapshot';
