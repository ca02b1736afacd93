import { typeid } from 'typeid-js';
import type { Session } from '../../database';
import { CatalogItemKind } from '../../entities';
import { notFound, Refusal, simple } from '../../errors';
import {
  type ProviderCatalog,
  ProviderFault,
  type ProviderService,
  type RejectedEntry,
} from '../../providers';
import { findServiceTypes } from '../../store';
import type { Dependencies } from '../context';
import { keyOf, readLocalCatalog } from './local-catalog';
import { type Offer, offerOf } from './offer';
import { planImport } from './plan';
import { mayBeOffered, rejections } from './rejected';

/** Dependencies of an import. */
export type ImportContext = Pick<Dependencies, 'db' | 'providers' | 'log'>;

/** Reads offers of the provider, services that it no longer offers (without products), and entries that could not be read. */
export async function readOffers(
  { providers, db }: ImportContext,
  name: string,
  signal?: AbortSignal,
): Promise<ProviderCatalog> {
  const provider = providers.get(name);
  if (!provider) throw new Refusal([notFound('provider', ['provider'])]);
  const trackId = typeid('trk').toString();
  const offered = await provider.readCatalog({ trackId, signal }).catch((error: unknown) => {
    if (!(error instanceof ProviderFault)) throw error;
    throw new Refusal([simple('PROVIDER_UNAVAILABLE', `${error.message}.`, ['provider'])]);
  });
  const { rejected } = offered;
  const sold = offered.services.filter(({ products }) => products.length > 0);
  const known = await findServiceTypes(db, name);
  // A service that a malformed entry may be about is not known to be gone.
  const uncertain = (type: string) =>
    rejected.some(entry => entry.type === type) ||
    rejected.some(({ kind, code }) => kind === CatalogItemKind.SERVICE && (code ?? type) === type);
  const gone = known.filter(type => !sold.some(service => service.type === type) && !uncertain(type));
  return { services: [...sold, ...gone.map(emptyService)], rejected };
}

const emptyService = (type: string): ProviderService => ({
  type,
  name: '',
  quantityLimit: null,
  allowMultiple: false,
  cancelsAtOnce: false,
  products: [],
  addons: [],
});

/** The offer of one service beside what is here of it, and what an import of it does. `rejected` was not readable. */
export async function planServiceImport(
  session: Session,
  provider: string,
  service: ProviderService,
  rejected: readonly RejectedEntry[],
) {
  const codes = [...service.products, ...service.addons].map(({ sku }) => sku);
  const own = await readLocalCatalog(session, provider, service.type, codes);
  const isKnown = (code: string) => own.items.has(keyOf({ kind: CatalogItemKind.PRODUCT, code }));
  const offer: Offer =
    service.products.length > 0 ? offerOf(service, own.currency, isKnown) : { items: [], rejected: [] };
  const all = [...rejected, ...offer.rejected];
  const plan = planImport(offer.items, own, ({ kind, code }) => mayBeOffered(all, service.type, kind, code));
  plan.changes.unshift(...rejections(offer.rejected));
  return { own, offered: offer.items, plan };
}
