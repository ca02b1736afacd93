import { typeid } from 'typeid-js';
import { z } from 'zod';
import type { Transaction } from '../../../database';
import { Account, AccountKind, type BillingDetails } from '../../../entities';
import { invalid, notFound, Refusal } from '../../../errors';
import { record } from '../../../events';
import { authorize } from '../../../policies';
import { findById, insertInto } from '../../../store';
import type { ActorContext } from '../../context';
import { once } from '../../idempotency';
import { lockActor } from '../../identity/lock';
import { optionalKey, parseInput } from '../../input';
import { refuseDuplicates } from '../refuse-duplicates';
import { accountFields } from './account-input';
import { lockManager, refusePriceList } from './assign';

/** Input of `createAccount`. */
export interface CreateAccountInput {
  kind: AccountKind;
  name: string;
  email: string;
  billing: BillingDetails;
  resellerId?: string | null;
  accountManagerId?: string | null;
  priceListId?: string | null;
  idempotencyKey?: string | null;
}

const accountInput = z.object(accountFields);

/** Creates a reseller, a direct customer, or an end customer or affiliate of a reseller. Resolves to its id. */
export async function createAccount(context: ActorContext, input: CreateAccountInput): Promise<string> {
  const { actor } = context;
  authorize(actor, 'createAccount');
  const { idempotencyKey: key } = parseInput(optionalKey, input);
  const { name, email, billing } = parseInput(accountInput, input);
  const { kind, resellerId = null, accountManagerId = null, priceListId = null } = input;
  const id = typeid('acc').toString();
  const create = async (tx: Transaction) => {
    await lockActor(tx, actor, 'createAccount');
    await refuseReseller(tx, kind, resellerId);
    await lockManager(tx, accountManagerId);
    await refusePriceList(tx, { id, resellerId }, priceListId);
    const row = { id, kind, name, email, billing, resellerId, accountManagerId, priceListId };
    await refuseDuplicates('e-mail address', ['email'], () => insertInto(tx, Account, row));
    const message = `The account ${name} was made.`;
    record(tx, { type: 'account.created', message, userId: actor.userId, accountId: id, resellerId });
  };
  return once(context, 'createAccount', key, input, commit => commit(id, create));
}

/** Refuses a reseller with a reseller, and an affiliate without one. */
async function refuseReseller(tx: Transaction, kind: AccountKind, resellerId: string | null): Promise<void> {
  const path = ['resellerId'];
  if (kind === AccountKind.RESELLER && resellerId !== null) {
    throw new Refusal([invalid(path, 'A reseller cannot have a reseller. Omit `resellerId`.')]);
  }
  if (kind === AccountKind.AFFILIATE && resellerId === null) {
    throw new Refusal([invalid(path, 'An affiliate needs a reseller. Set `resellerId`.')]);
  }
  if (resellerId === null) return;
  const reseller = await findById(tx, Account, resellerId);
  if (!reseller) throw new Refusal([notFound('account', path)]);
  if (reseller.kind !== AccountKind.RESELLER) {
    throw new Refusal([invalid(path, `${reseller.name} is not a reseller. Choose a reseller.`)]);
  }
}
