import { typeid } from 'typeid-js';
import { z } from 'zod';
import { currentTimeMs } from '../../clock';
import { emailSkeleton, PasswordReset } from '../../entities';
import { enqueueMail, newMailId, newNonce } from '../../mail';
import { findById, insertInto } from '../../store';
import type { Context } from '../context';
import { emailAddress, parseInput } from '../input';
import { requireMail } from '../invitations/require-mail';
import { countRequest } from './request-limit';

const LIFETIME_MINUTES = 60;

/** Requests that a window allows, apart from sign-ins: a locked out user needs one. */
const LIMITS = { person: 5, network: 50 } as const;

const resetInput = z.object({ email: emailAddress });

/**
 * Queues a mail with a link to choose a new password. Writes the same rows for every address, and does not look for a user:
 * neither the answer nor its time tells whether there is one. The delivery drops mails to addresses without a user.
 */
export async function requestPasswordReset(context: Context, input: { email: string }): Promise<void> {
  const { db, address } = context;
  requireMail(context);
  const { email } = parseInput(resetInput, input);
  await db.transaction(tx =>
    countRequest(tx, 'requests for a new password', [
      { kind: 'reset person', subject: emailSkeleton(email), limit: LIMITS.person },
      { kind: 'reset network', subject: address, limit: LIMITS.network },
    ]),
  );
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
