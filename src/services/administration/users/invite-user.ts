import { z } from 'zod';
import type { Transaction } from '../../../database';
import { Account, type Role } from '../../../entities';
import { invalid, notFound, Refusal } from '../../../errors';
import { record } from '../../../events';
import { authorize } from '../../../policies';
import type { ActorContext } from '../../context';
import { createUser } from '../../identity/create-user';
import { lockActor } from '../../identity/lock';
import { chosenPassword } from '../../identity/password-rule';
import { hashPassword } from '../../identity/passwords';
import { emailAddress, line, optional, parseInput } from '../../input';
import { refusingDuplicates } from '../write';
import { newOneTimePassword } from './one-time-password';
import { fittingRoles } from './set-user-roles';

/** What `createUser` is asked with. */
export interface InviteUserInput {
  name: string;
  email: string;
  roles: readonly Role[];
  accountId?: string | null;
  password?: string | null;
}

const userInput = z.object({
  name: line('The name', 100),
  email: emailAddress,
  roles: z.array(z.string()).min(1, { error: 'A user needs a role' }),
  password: optional(chosenPassword),
});

/** Makes a user with the password that is given, or with one to begin with, which is in the answer and nowhere else. */
export async function inviteUser(
  { db, actor }: ActorContext,
  input: InviteUserInput,
): Promise<{ userId: string; oneTimePassword: string | null }> {
  authorize(actor, 'createUser');
  const { name, email, password } = parseInput(userInput, input);
  const { accountId = null } = input;
  const roles = [...new Set(input.roles)];
  const oneTime = password === null ? await newOneTimePassword() : null;
  const kept = oneTime?.kept ?? { passwordHash: await hashPassword(password ?? ''), oneTimeUntil: null };
  return db.transaction(async tx => {
    await lockActor(tx, actor, 'createUser');
    await refuseRoles(tx, roles, accountId);
    const user = await refusingDuplicates('e-mail address', ['email'], () =>
      createUser(tx, { name, email, roles, accountId, ...kept }),
    );
    const data = { byId: actor.userId };
    const message = `The user ${name} was made: ${roles.join(', ')}.`;
    record(tx, { type: 'user.created', message, userId: user.id, accountId, data });
    return { userId: user.id, oneTimePassword: oneTime?.password ?? null };
  });
}

async function refuseRoles(tx: Transaction, roles: readonly Role[], accountId: string | null): Promise<void> {
  const account = accountId === null ? undefined : await tx.one(Account, 'WHERE t.id = ?', [accountId]);
  if (accountId !== null && !account) throw new Refusal([notFound('account', ['accountId'])]);
  const fitting = fittingRoles(account);
  if (roles.every(role => fitting.includes(role))) return;
  throw new Refusal([invalid(['roles'], `This user can only be ${fitting.join(' or ')}.`)]);
}
