import { typeid } from 'typeid-js';
import { z } from 'zod';
import type { Transaction } from '../../../database';
import { Account, type Role } from '../../../entities';
import { notFound, Refusal } from '../../../errors';
import { record } from '../../../events';
import { authorize } from '../../../policies';
import { findById } from '../../../store';
import type { ActorContext } from '../../context';
import { once } from '../../idempotency';
import { createUser } from '../../identity/create-user';
import { lockActor } from '../../identity/lock';
import { chosenPassword } from '../../identity/password-rule';
import { hashPassword } from '../../identity/passwords';
import { emailAddress, optional, optionalKey, parseInput, singleLine } from '../../input';
import { refuseDuplicates } from '../refuse-duplicates';
import { refuseRoles } from './set-user-roles';
import { createTemporaryPassword } from './temporary-password';

/** Input of `createUser`. */
export interface AddUserInput {
  name: string;
  email: string;
  roles: readonly Role[];
  accountId?: string | null;
  password?: string | null;
  idempotencyKey?: string | null;
}

const userInput = z.object({
  name: singleLine('The name', 100),
  email: emailAddress,
  roles: z.array(z.string()).min(1, { error: 'A user needs a role' }),
  password: optional(chosenPassword),
});

/** Creates a user. Only this answer has a temporary password: null for a repeated idempotency key. */
export async function addUser(
  context: ActorContext,
  input: AddUserInput,
): Promise<{ userId: string; oneTimePassword: string | null }> {
  const { actor } = context;
  authorize(actor, 'createUser');
  const { idempotencyKey: key } = parseInput(optionalKey, input);
  const { name, email, password } = parseInput(userInput, input);
  const { accountId = null } = input;
  const roles = [...new Set(input.roles)];
  const oneTime = password === null ? await createTemporaryPassword() : null;
  const kept = oneTime?.columns ?? { passwordHash: await hashPassword(password ?? ''), oneTimeUntil: null };
  const id = typeid('usr').toString();
  const create = async (tx: Transaction) => {
    await lockActor(tx, actor, 'createUser');
    const account = accountId === null ? null : await findById(tx, Account, accountId);
    if (accountId !== null && !account) throw new Refusal([notFound('account', ['accountId'])]);
    refuseRoles(roles, account);
    await refuseDuplicates('e-mail address', ['email'], () =>
      createUser(tx, { id, name, email, roles, accountId, ...kept }),
    );
    const data = { byId: actor.userId };
    const message = `The user ${name} was made: ${roles.join(', ')}.`;
    record(tx, { type: 'user.created', message, userId: id, accountId, data });
  };
  // A fingerprint of the password could be brute-forced.
  const { password: _, ...fingerprinted } = input;
  const userId = await once(context, 'createUser', key, fingerprinted, commit => commit(id, create));
  return { userId, oneTimePassword: userId === id ? (oneTime?.password ?? null) : null };
}
