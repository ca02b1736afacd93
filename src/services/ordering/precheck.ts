import { typeid } from 'typeid-js';
import type { Session } from '../../database';
import { type Account, type OrderSource, ServiceAccount, User } from '../../entities';
import { providerRejected, Refusal } from '../../errors';
import { ProviderFault, type ProviderSubscription, toProviderAccount } from '../../provisioning';
import type { ActorContext } from '../context';
import type { DraftLine } from './draft';

/** How long a buyer waits for the provider's opinion. */
const PATIENCE_MS = 5000;

/**
 * Asks the provider of each new subscription whether it would accept it; refuses with PROVIDER_REJECTED if it says no.
 * A provider that cannot be asked right now does not keep anybody from ordering: provisioning asks again, for longer.
 */
export async function precheck(
  context: ActorContext,
  recipient: Account,
  lines: readonly DraftLine[],
  source: OrderSource,
): Promise<void> {
  const subscriptions = lines.filter(line => line.subscriptionId === null);
  if (subscriptions.length === 0) return;
  const known = await context.db.many(ServiceAccount, 'WHERE t.accountId = ? OR t.accountId = ?', [
    recipient.id,
    recipient.resellerId ?? '',
  ]);
  const requestedBy = await requester(context.db, context.actor.userId, source);
  for (const line of subscriptions) {
    const asked = describe(context, recipient, line, known);
    await ask(context, asked.provider, { ...asked.subscription, requestedBy });
  }
}

async function ask(context: ActorContext, name: string, subscription: ProviderSubscription): Promise<void> {
  const provider = context.providers.get(name);
  // Its operations wait for a process that knows it.
  if (!provider) return context.log.warn({ provider: name }, 'no settings name this provider');
  const trackId = typeid('trk').toString();
  try {
    await provider.precheck?.(subscription, { trackId, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    if (error.code === 'REJECTED') {
      throw new Refusal([providerRejected(error.message, error.providerCode ?? null)]);
    }
    context.log.warn({ code: error.code, trackId }, `the pre-check could not be made: ${error.message}`);
  }
}

function describe(
  { catalog: { current } }: ActorContext,
  recipient: Account,
  line: DraftLine,
  known: readonly ServiceAccount[],
) {
  const product = current.product(line.productId);
  const service = current.service(product.serviceId);
  const externalId = (accountId: string | null) =>
    known.find(row => row.accountId === accountId && row.serviceId === service.id)?.externalId ?? undefined;
  const subscription: ProviderSubscription = {
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
  return { provider: service.provider, subscription };
}

async function requester(session: Session, userId: string, source: OrderSource) {
  const user = await session.one(User, 'WHERE t.id = ?', [userId]);
  if (!user) return undefined;
  const via = source === 'BSS' ? ('BSS' as const) : ('Storefront' as const);
  return { id: user.id, name: user.name, email: user.email, via };
}
