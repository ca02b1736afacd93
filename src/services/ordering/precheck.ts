import { typeid } from 'typeid-js';
import type { Account, OrderSource, Product } from '../../entities';
import { providerRejected, Refusal, refuseIf } from '../../errors';
import { type Provider, ProviderFault, type ProviderSubscription } from '../../providers';
import { toProviderAccount } from '../../provisioning';
import { findProviderIds } from '../../store';
import type { ActorContext } from '../context';
import { accountErrors } from './account-errors';
import type { DraftLine } from './draft';

/** Timeout of the provider's pre-check, during which the buyer waits. */
const TIMEOUT_MS = 5000;

/**
 * Checks the accounts, then pre-checks each new subscription. Refuses with PROVIDER_REJECTED. An unavailable provider does not
 * block the order.
 */
async function precheck(
  context: ActorContext,
  recipient: Account,
  lines: readonly DraftLine[],
  source: OrderSource,
): Promise<void> {
  const { catalog, providers, log } = context;
  const started = lines.flatMap(line => {
    if (line.subscriptionId !== null) return [];
    const product = catalog.current.product(line.productId);
    const name = catalog.current.service(product.serviceId).provider;
    const provider = providers.get(name);
    // Its operations wait for a process that knows it.
    if (!provider) log.warn({ provider: name }, 'no settings name this provider');
    return provider ? [{ line, product, provider, name }] : [];
  });
  refuseIf(await accountErrors(context, recipient, new Map(started.map(each => [each.name, each.provider]))));
  const asked = started.filter(({ provider }) => provider.precheck);
  if (asked.length === 0) return;
  const { requestedBy, externalIds } = await readRequester(context, recipient, source);
  for (const { line, product, provider } of asked) {
    const subscription = subscriptionToCheck(context, recipient, line, product, externalIds);
    await precheckLine(context, provider, { ...subscription, requestedBy });
  }
}

async function precheckLine(
  { log }: ActorContext,
  provider: Provider,
  subscription: ProviderSubscription,
): Promise<void> {
  const trackId = typeid('trk').toString();
  try {
    await provider.precheck?.(subscription, { trackId, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    if (error.code === 'REJECTED') {
      throw new Refusal([providerRejected(error.message, error.providerCode ?? null)]);
    }
    log.warn({ code: error.code, trackId }, `the pre-check could not be made: ${error.message}`);
  }
}

function subscriptionToCheck(
  { catalog: { current } }: ActorContext,
  recipient: Account,
  line: DraftLine,
  product: Product,
  externalIds: ReadonlyMap<string, string>,
): ProviderSubscription {
  const service = current.service(product.serviceId);
  const externalId = (accountId: string | null) => externalIds.get(`${accountId} ${service.id}`);
  return {
    id: typeid('sub').toString(),
    name: line.friendlyName ?? product.name,
    serviceType: service.providerServiceType,
    productId: product.sku,
    quantity: line.quantity,
    billingCycle: line.billingCycle,
    attributes: product.providerAttributes,
    account: toProviderAccount(recipient, 'User', externalId(recipient.id), externalId(recipient.resellerId)),
    allowMultiple: service.allowMultipleSubscriptions,
    addons: [],
  };
}

/** Reads the caller, and the ids of the recipient and its reseller at providers, by account and service. */
async function readRequester({ db, actor }: ActorContext, recipient: Account, source: OrderSource) {
  const known = await findProviderIds(db, recipient, actor.userId);
  const [user] = known;
  const via = source === 'BSS' ? ('BSS' as const) : ('Storefront' as const);
  return {
    requestedBy: user && { id: user.id, name: user.name, email: user.email, via },
    externalIds: new Map(
      known.flatMap(({ accountId, serviceId, externalId }) =>
        externalId === null ? [] : [[`${accountId} ${serviceId}`, externalId]],
      ),
    ),
  };
}

/** Pre-checks a draft. After a rejection, checks our rules again: they explain a concurrent change better. */
export async function precheckDraft(
  context: ActorContext,
  recipient: Account,
  lines: readonly DraftLine[],
  source: OrderSource,
  recheckRules: () => Promise<void>,
): Promise<void> {
  try {
    await precheck(context, recipient, lines, source);
  } catch (error) {
    if (error instanceof Refusal) await recheckRules();
    throw error;
  }
}
