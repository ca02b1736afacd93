import { z } from 'zod';
import type { Transaction } from '../../database';
import { Account, CloudSubscription, Order } from '../../entities';
import { notFound, Refusal, refuseIf } from '../../errors';
import { type NewEvent, record } from '../../events';
import { type Actor, authorize, referenceErrors } from '../../policies';
import { type EntityClass, findVisible, lockAccount, lockVisible, updateVersioned } from '../../store';
import type { ActorContext } from '../context';
import { lockActor } from '../identity/lock';
import { externalReference, parseInput } from '../input';
import { refuseTakenReference } from './taken';

/** Input of `setExternalReference`. */
export interface SetExternalReferenceInput {
  id: string;
  externalReference?: string | null;
}

type Referenced = Account | Order | CloudSubscription;

/** Owner and references of the event about a change, by the prefix of the id. */
const events: Record<string, (row: never) => Omit<NewEvent, 'message'>> = {
  acc: ({ id, resellerId }: Account) => ({ type: 'account.changed', accountId: id, resellerId }),
  ord: ({ id, recipientId, resellerId }: Order) => ({
    type: 'order.referenced',
    accountId: recipientId,
    resellerId,
    orderId: id,
  }),
  sub: ({ id, accountId, resellerId }: CloudSubscription) => ({
    type: 'subscription.referenced',
    accountId,
    resellerId,
    subscriptionId: id,
  }),
};
const entities: Record<string, EntityClass<Referenced>> = {
  acc: Account,
  ord: Order,
  sub: CloudSubscription,
};

const referenceInput = z.object({ externalReference });

/**
 * Sets the external reference of an account, an order or a subscription. A blank reference clears it; an omitted one
 * changes nothing. Resolves to the id.
 */
export async function setExternalReference(
  { db, actor }: ActorContext,
  input: SetExternalReferenceInput,
): Promise<string> {
  const { id } = input;
  authorize(actor, 'setExternalReference');
  const { externalReference: reference } = parseInput(referenceInput, input);
  await refuseTakenReference(() =>
    db.transaction(async tx => {
      const current = await lockActor(tx, actor, 'setExternalReference');
      const { row, entity, event } = await lockReferenced(tx, current, id);
      refuseIf(referenceErrors(current, row));
      if (input.externalReference === undefined || row.externalReference === reference) return;
      await updateVersioned(tx, entity, row, { externalReference: reference });
      const message = reference === null ? 'The reference was removed.' : `The reference is ${reference}.`;
      record(tx, { ...event(row as never), message, userId: actor.userId });
    }),
  );
  return id;
}

/** Locks the object of a reference. The recipient of an order is locked before it. */
async function lockReferenced(tx: Transaction, actor: Actor, id: string) {
  const prefix = id.slice(0, id.lastIndexOf('_'));
  const entity = Object.hasOwn(entities, prefix) ? entities[prefix] : undefined;
  const event = events[prefix];
  const found = entity && (await findVisible(tx, actor, entity, id));
  if (found instanceof Order) await lockAccount(tx, found.recipientId);
  const row = entity && found && (await lockVisible(tx, actor, entity, id));
  if (!entity || !event || !row) throw new Refusal([notFound('object', ['id'])]);
  return { entity, event, row };
}
