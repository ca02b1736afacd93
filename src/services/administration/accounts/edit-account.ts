import type { Transaction } from '../../../database';
import { Account } from '../../../entities';
import { checkVersion, notFound, Refusal } from '../../../errors';
import { record } from '../../../events';
import { type Action, type Actor, authorize } from '../../../policies';
import { lockVisible, updateVersioned } from '../../../store';
import type { ActorContext } from '../../context';
import { lockActor } from '../../identity/lock';

/** Id of an account, with the version that the caller has read. */
export interface AccountReference {
  accountId: string;
  expectedVersion?: number | null;
}

/** Change of an account. Undefined if nothing changes. */
export type AccountEdit =
  | { patch: Partial<Omit<Account, 'id' | 'version' | 'active'>>; message: string }
  | undefined;

/** Runs `work` on a locked account, and records its change. Every change of an account goes through here. */
export async function editAccount(
  { db, actor }: ActorContext,
  action: Action,
  { accountId, expectedVersion }: AccountReference,
  work: (tx: Transaction, account: Account, current: Actor) => Promise<AccountEdit>,
): Promise<string> {
  authorize(actor, action);
  await db.transaction(async tx => {
    const current = await lockActor(tx, actor, action);
    const account = await lockVisible(tx, current, Account, accountId);
    if (!account) throw new Refusal([notFound('account', ['accountId'])]);
    checkVersion(expectedVersion, account.version);
    const edit = await work(tx, account, current);
    if (!edit) return;
    await updateVersioned(tx, Account, account, edit.patch);
    const { resellerId } = account;
    const { message } = edit;
    record(tx, { type: 'account.changed', message, userId: actor.userId, accountId, resellerId });
  });
  return accountId;
}
