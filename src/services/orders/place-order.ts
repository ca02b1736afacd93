import { typeid } from 'typeid-js';
import { z } from 'zod';
import { type CatalogSnapshot, listTariff } from '../../catalog';
import { currentTime } from '../../clock';
import type { Session } from '../../database';
import { Account, type BillingDetails, OrderSource } from '../../entities';
import { invalid, notFound, Refusal, refuseIf, type UserError } from '../../errors';
import { authorize, inactiveError } from '../../policies';
import { findBuyer, findVisible, lockAccount } from '../../store';
import { draftLine, type LineInput } from '../basket/add-to-basket';
import type { ActorContext } from '../context';
import { type CommitOnce, once } from '../idempotency';
import { billingDetails, idempotencyKey, optional, orderReferences, parseInput } from '../input';
import type { Draft, DraftLine } from '../ordering/draft';
import { draftErrors } from '../ordering/draft-rules';
import { readFacts } from '../ordering/facts';
import { place } from '../ordering/place';
import { precheckDraft } from '../ordering/precheck';
import { priceLine } from '../ordering/prices';
import { readRetailTariff, withRetail } from '../ordering/retail';

/** Input of `placeOrder`. */
export interface PlaceOrderInput {
  recipientId: string;
  lines: readonly LineInput[];
  billing?: BillingDetails | null;
  externalReference?: string | null;
  purchaseOrderNumber?: string | null;
  idempotencyKey: string;
}

const MAX_LINES = 50;

const orderInput = z.object({
  idempotencyKey,
  billing: optional(billingDetails),
  ...orderReferences,
  lines: z
    .array(z.unknown())
    .min(1, { error: 'An order needs at least one line' })
    .max(MAX_LINES, { error: `An order can have at most ${MAX_LINES} lines` }),
});

/** Places an order for a customer, at the prices of its buyer. It waits for `executeOrder`. Resolves to its id. */
export async function placeOrder(context: ActorContext, input: PlaceOrderInput): Promise<string> {
  authorize(context.actor, 'placeOrder');
  const { idempotencyKey: key, ...terms } = parseInput(orderInput, input);
  return once(context, 'placeOrder', key, input, commit => attempt(context, input, terms, commit));
}

async function attempt(
  context: ActorContext,
  input: PlaceOrderInput,
  { billing, externalReference, purchaseOrderNumber }: Omit<z.output<typeof orderInput>, 'idempotencyKey'>,
  commit: CommitOnce,
): Promise<string> {
  const { db, actor, catalog } = context;
  const first = await readDraft(context, db, input, await catalog.snapshotFor(db));
  refuseIf(first.errors);
  await precheckDraft(context, first.recipient, first.draft.lines, OrderSource.BSS, async () => {
    refuseIf((await readDraft(context, db, input, await catalog.snapshotFor(db))).errors);
  });

  const orderId = typeid('ord').toString();
  return commit(orderId, async tx => {
    await lockAccount(tx, first.recipient.id);
    const current = await catalog.snapshotFor(tx);
    const { draft, facts, recipient, buyer, errors } = await readDraft(context, tx, input, current);
    refuseIf(errors);
    const retail = await readRetailTariff(tx, current, recipient.resellerId);
    const now = currentTime();
    await place(tx, {
      id: orderId,
      source: OrderSource.BSS,
      placedById: actor.userId,
      recipient,
      billing: billing ?? buyer.billing,
      currency: facts.tariff.currency,
      basketId: null,
      externalReference,
      purchaseOrderNumber,
      lines: draft.lines.map(line =>
        withRetail({ ...line, ...priceLine(line, facts, now) }, retail, facts, now),
      ),
    });
  });
}

async function readDraft(
  context: ActorContext,
  session: Session,
  input: PlaceOrderInput,
  catalog: CatalogSnapshot,
) {
  const recipient = await findVisible(session, context.actor, Account, input.recipientId);
  if (!recipient) throw new Refusal([notFound('account', ['recipientId'])]);
  const buyer = await findBuyer(session, recipient);
  const tariff = listTariff(catalog, catalog.priceList(buyer.priceListId));
  const lines = [];
  for (const [index, line] of input.lines.entries()) {
    lines.push(await draftLine(context, { session, catalog, tariff }, line, ['lines', String(index)]));
  }
  const draft: Draft = { actor: context.actor, recipient, lines };
  const facts = await readFacts(session, draft, catalog, tariff);
  const errors = draftErrors(draft, facts);
  const inactive = buyer === recipient ? null : inactiveError(buyer);
  const refused = [...errors, ...duplicateSubscriptionErrors(lines), ...(inactive ? [inactive] : [])];
  return { draft, facts, recipient, buyer, errors: refused };
}

/** Two lines for one subscription could never be executed: the first would keep it busy. */
function duplicateSubscriptionErrors(lines: readonly DraftLine[]): UserError[] {
  return lines.flatMap(({ subscriptionId }, index) =>
    subscriptionId !== null && lines.findIndex(line => line.subscriptionId === subscriptionId) < index
      ? [
          invalid(
            ['lines', index, 'subscriptionId'],
            'The subscription occurs twice. List it once, with all its add-ons.',
          ),
        ]
      : [],
  );
}
