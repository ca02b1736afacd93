import { typeid } from 'typeid-js';
import type { Session } from '../../database';
import { notFound, Refusal, simple } from '../../errors';
import { ProviderFault, type ProviderService } from '../../provisioning';
import type { Deps } from '../context';
import { itemsOf } from './offered';
import { readOwn } from './own';
import { planImport } from './plan';

/** What an import needs of the process. */
export type Tools = Pick<Deps, 'db' | 'providers' | 'log'>;

/** What the provider offers, and, without products, what it no longer does. */
export async function offeredBy(
  { providers, db }: Tools,
  name: string,
  signal?: AbortSignal,
): Promise<ProviderService[]> {
  const provider = providers.get(name);
  if (!provider) throw new Refusal([notFound('provider', ['provider'])]);
  const trackId = typeid('trk').toString();
  const offered = await provider.readCatalog({ trackId, signal }).catch((error: unknown) => {
    if (!(error instanceof ProviderFault)) throw error;
    throw new Refusal([simple('PROVIDER_UNAVAILABLE', `${error.message}.`, ['provider'])]);
  });
  const sold = offered.filter(({ products }) => products.length > 0);
  const known = await db.rows<{ type: string }>(
    'SELECT providerServiceType AS type FROM services WHERE provider = ? ORDER BY code',
    [name],
  );
  const gone = known.filter(({ type }) => !sold.some(service => service.type === type));
  return [...sold, ...gone.map(({ type }) => nothing(type))];
}

const nothing = (type: string): ProviderService => ({
  type,
  name: '',
  quantityLimit: null,
  allowMultiple: false,
  cancelsAtOnce: false,
  products: [],
  addons: [],
});

/** The offer of one service beside what is here of it, and what an import of it does. */
export async function planFor(session: Session, provider: string, service: ProviderService) {
  const codes = [...service.products, ...service.addons].map(({ sku }) => sku);
  const own = await readOwn(session, provider, service.type, codes);
  const offered = service.products.length > 0 ? itemsOf(service, own.publicList.currency) : [];
  return { own, offered, plan: planImport(offered, own) };
}
