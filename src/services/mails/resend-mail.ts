import { Mail } from '../../entities';
import { notFound, Refusal } from '../../errors';
import { record } from '../../events';
import { authorize } from '../../policies';
import { lockVisible, requeueMail } from '../../store';
import type { ActorContext } from '../context';
import { lockActor } from '../identity/lock';
import { requireMail } from '../invitations/require-mail';

/** Sends a finished mail again; a pending one is attempted at once. Resolves to its id. */
export async function resendMail(context: ActorContext, mailId: string): Promise<string> {
  const { db, actor } = context;
  authorize(actor, 'resendMail');
  requireMail(context);
  await db.transaction(async tx => {
    const current = await lockActor(tx, actor, 'resendMail');
    const mail = await lockVisible(tx, current, Mail, mailId);
    if (!mail) throw new Refusal([notFound('mail', ['mailId'])]);
    await requeueMail(tx, mail);
    tx.touched.add('mails');
    const message = 'A mail was sent again.';
    record(tx, { type: 'mail.resent', message, userId: actor.userId, data: { mailId } });
  });
  return mailId;
}
