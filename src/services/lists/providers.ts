import { createHash } from 'node:crypto';
import { TypeID } from 'typeid-js';
import type { CatalogSnapshot } from '../../catalog';
import { Provider } from '../../entities';

/** Id of the provider with a name. Providers are configuration without a row, so the id is a hash of the name. */
function providerId(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex');
  // A UUIDv8, whose content is up to the application: RFC 9562, 5.8.
  const uuid = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ];
  return TypeID.fromUUID('prv', uuid.join('-')).toString();
}

const known = new WeakMap<CatalogSnapshot, readonly Provider[]>();

/** Providers of the services of a catalog, by name. */
export function providersOf(catalog: CatalogSnapshot): readonly Provider[] {
  const before = known.get(catalog);
  if (before) return before;
  const services = [...catalog.allServices()];
  const names = [...new Set(services.map(({ provider }) => provider))].sort();
  const providers = names.map(name =>
    Object.assign(new Provider(), {
      id: providerId(name),
      name,
      services: services.filter(({ provider }) => provider === name),
    }),
  );
  known.set(catalog, providers);
  return providers;
}
