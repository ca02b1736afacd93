import { typeid } from 'typeid-js';
import { z } from 'zod';
import type { Transaction } from '../../../database';
import { Account, AccountKind, type BillingDetails } from '../../../entities';
import { invalid, notFound, Refusal, refuseIf } from '../../../errors';
import { record } from '../../../events';
import { type Actor, authorize, type NewAccount, newAccountErrors, placeAccount } from '../../../policies';
import { findVisible, insertInto } from '../../../store';
import type { ActorContext } from '../../context';
import { once } from '../../idempotency';
import { lockActor } from '../../identity/lock';
import { externalReference, optionalKey, parseInput } from '../../input';
import { refuseTakenReference } from '../../references/taken';
import { accountFields } from './account-input';
import { lockManager, refusePriceList } from './assign';
import { refuseUnavailableEmail } from './unused-email';

/** Input of `createAccount`. */
export interface CreateAccountInput {
  kind: AccountKind;
  name: string;
  email: string;
  billing: BillingDetails;
  resellerId?: string | null;
  accountManagerId?: string | null;
  priceListId?: string | null;
  externalReference?: string | null;
  idempotencyKey?: string | null;
}

const accountInput = z.object({ ...accountFields, externalReference });

/**
 * Creates a reseller, a direct customer, or an end customer or affiliate of a reseller, within the limits of
 * `own-accounts.ts`. Resolves to its id.
 */
export async function createAccount(context: ActorContext, input: CreateAccountInput): Promise<string> {
  const { actor } = context;
  authorize(actor, 'createAccount');
  const { idempotencyKey: key } = parseInput(optionalKey, input);
  const { name, email, billing, externalReference } = parseInput(accountInput, input);
  const asked: NewAccount = {
    kind: input.kind,
    resellerId: input.resellerId ?? null,
    accountManagerId: input.accountManagerId ?? null,
    priceListId: input.priceListId ?? null,
  };
  const id = typeid('acc').toString();
  const create = async (tx: Transaction) => {
    const current = await lockActor(tx, actor, 'createAccount');
    const placed = placeAccount(current, asked);
    const { kind, resellerId, accountManagerId, priceListId } = placed;
    refuseIf(newAccountErrors(current, placed));
    await refuseReseller(tx, current, placed);
    await lockManager(tx, accountManagerId);
    await refusePriceList(tx, { id, resellerId }, priceListId);
    const row = { id, kind, name, email, billing, resellerId, accountManagerId, priceListId };
    await refuseTakenReference(() => insertInto(tx, Account, { ...row, externalReference }));
    const message = `The account ${name} was made.`;
    record(tx, { type: 'account.created', message, userId: actor.userId, accountId: id, resellerId });
  };
  return refuseUnavailableEmail(context, () =>
    once(context, 'createAccount', key, input, commit => commit(id, create)),
  );
}

/** Refuses a reseller with a reseller, an affiliate without one, and a reseller that the caller cannot see. */
async function refuseReseller(
  tx: Transaction,
  actor: Actor,
  { kind, resellerId }: NewAccount,
): Promise<void> {
  const path = ['resellerId'];
  if (kind === AccountKind.RESELLER && resellerId !== null) {
    throw new Refusal([invalid(path, 'A reseller cannot have a reseller. Omit `resellerId`.')]);
  }
  if (kind === AccountKind.AFFILIATE && resellerId === null) {
    throw new Refusal([invalid(path, 'An affiliate needs a reseller. Set `resellerId`.')]);
  }
  if (resellerId === null) return;
  const reseller = await findVisible(tx, actor, Account, resellerId);
  if (!reseller) throw new Refusal([notFound('account', path)]);
  if (reseller.kind !== AccountKind.RESELLER) {
    throw new Refusal([invalid(path, `${reseller.name} is not a reseller. Choose a reseller.`)]);
  }
}
