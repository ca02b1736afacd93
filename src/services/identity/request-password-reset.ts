import { typeid } from 'typeid-js';
import { z } from 'zod';
import { currentTimeMs } from '../../clock';
import { PasswordReset } from '../../entities';
import { enqueueMail, newMailId, newNonce } from '../../mail';
import { findById, insertInto } from '../../store';
import type { Context } from '../context';
import { emailAddress, parseInput } from '../input';
import { requireMail } from '../invitations/require-mail';
import { countResetRequest } from './reset-limit';

const LIFETIME_MINUTES = 60;

const resetInput = z.object({ email: emailAddress });

/**
 * Queues a mail with a link to choose a new password. Writes the same rows for every address, and does not look for a user:
 * neither the answer nor its time tells whether there is one. The delivery drops mails to addresses without a user.
 */
export async function requestPasswordReset(context: Context, input: { email: string }): Promise<void> {
  const { db, address } = context;
  requireMail(context);
  const { email } = parseInput(resetInput, input);
  await countResetRequest(db, { email, address });
  const id = typeid('pwr').toString();
  const mailId = newMailId();
  await db.transaction(async tx => {
    // The response of a COMMIT can be lost.
    if (await findById(tx, PasswordReset, id)) return;
    const expiresAt = new Date(currentTimeMs() + LIFETIME_MINUTES * 60_000);
    await insertInto(tx, PasswordReset, { id, email, nonce: newNonce(), expiresAt, usedAt: null });
    await enqueueMail(tx, { id: mailId, template: 'password-reset', facts: { resetId: id }, to: email });
  });
}
