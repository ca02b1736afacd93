export { Catalog, lockCatalog, recordCatalogChange } from './catalog';
export { ensureCurrency } from './currencies';
export { writePrice } from './price';
export { ownRetailPrices, retailTariff } from './retail';
export { CatalogSnapshot, type PriceTable } from './snapshot';
export { listTariff, type Tariff } from './tariff';
