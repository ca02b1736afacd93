import { columns, databaseNow, fromNow, type Patch, type Session, type Transaction } from '../database';
import { Mail, MailState } from '../entities';
import type { Actor } from '../policies';
import { findPage } from './find-page';
import type { Page, PageRequest } from './page';
import type { Order } from './sort-order';
import { type Move, transitionAll } from './transition';
import { visibilityCondition } from './visibility';
import { Where } from './where';

const { PENDING } = MailState;

const m = columns(Mail);
const t = columns(Mail, 't');

/** Mail to queue. */
export type NewMail = Pick<
  Mail,
  'id' | 'to' | 'userId' | 'subject' | 'template' | 'locale' | 'facts' | 'cause' | 'lane'
>;

/** Queues a mail, due now. Does nothing if a mail with this id or cause exists. */
export async function insertMail(tx: Transaction, mail: NewMail): Promise<void> {
  const { id, to, userId, subject, template, locale, facts, cause, lane } = mail;
  await tx.execute(
    `INSERT INTO ${m.table} (${m.id}, ${m.to}, ${m.userId}, ${m.subject}, ${m.template}, ${m.locale}, ${m.facts},
       ${m.cause}, ${m.lane}, ${m.state}, ${m.attempts}, ${m.sendings}, ${m.createdAt}, ${m.dueAt}, ${m.token}, ${m.claims})
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '${PENDING}', 0, 1, NOW(3), NOW(3), 0, 0)
     ON DUPLICATE KEY UPDATE ${m.cause} = ${m.cause}`,
    [id, to, userId, subject, template, locale, JSON.stringify(facts), cause, lane],
  );
}

/** Claimed mail with the fencing token of its claim. */
type MailClaim = Pick<Mail, 'id' | 'token'>;

/** Ends a claimed mail as sent or failed. Resolves to false if the claim no longer holds. */
export const endMail = async (
  tx: Transaction,
  { id, token }: MailClaim,
  move: Move<Mail>,
): Promise<boolean> => {
  const released = { dueAt: null, owner: null, claims: 0, token: () => `${m.token} + 1` };
  const claim = { sql: `${t.id} = ? AND ${t.token} = ?`, values: [id, token] };
  return (await transitionAll(tx, Mail, { ...move, ...released }, claim)) === 1;
};

/** Releases a claimed mail, due in `delayMs` milliseconds. Resolves to false if the claim no longer holds. */
export async function rescheduleMail(
  { manager }: Transaction,
  { id, token }: MailClaim,
  delayMs: number,
  patch: Patch<Mail> = {},
): Promise<boolean> {
  const released = { dueAt: () => fromNow(delayMs), owner: null, claims: 0, token: () => `${m.token} + 1` };
  return (await manager.update(Mail, { id, token }, { ...patch, ...released })).affected === 1;
}

/** Queues a finished mail again, as a new message. A pending mail is due now. Does nothing while it is claimed. */
export async function requeueMail(tx: Transaction, { id, state }: Pick<Mail, 'id' | 'state'>): Promise<void> {
  if (state === PENDING) {
    await tx.execute(
      `UPDATE ${m.table} SET ${m.dueAt} = NOW(3) WHERE ${m.id} = ? AND ${m.owner} IS NULL AND ${m.state} = '${PENDING}'`,
      [id],
    );
    return;
  }
  await transitionAll(
    tx,
    Mail,
    {
      state: PENDING,
      attempts: 0,
      sendings: () => `${m.sendings} + 1`,
      error: null,
      firstAttemptAt: null,
      sentAt: null,
      dueAt: databaseNow,
    },
    { sql: `${t.id} = ?`, values: [id] },
  );
}

/** Finds and locks the mails to a user or its address, and those that have its name or address. */
export const findMailsAbout = (
  tx: Transaction,
  { id, name, email }: { id: string; name: string; email: string },
): Promise<Mail[]> => {
  // As JSON writes a name.
  const written = (text: string) => JSON.stringify(text).slice(1, -1);
  return tx.many(
    Mail,
    `WHERE ${t.userId} = ? OR ${t.to} = ? OR LOCATE(?, ${t.facts}) > 0 OR LOCATE(?, ${t.facts}) > 0
       OR LOCATE(?, ${t.subject}) > 0 ORDER BY ${t.id} FOR UPDATE`,
    [id, email, written(name), written(email), name],
  );
};

/** Replaces the recipient and the content of a mail. One to another recipient that is pending is not sent any more. */
export async function updateMailContent(
  tx: Transaction,
  { id, to }: Mail,
  content: Pick<Mail, 'to' | 'subject' | 'facts'>,
): Promise<void> {
  await tx.manager.update(Mail, { id }, content);
  if (content.to === to) return;
  const erased = { state: MailState.FAILED, error: 'The recipient was erased.', dueAt: null, owner: null };
  const fenced = { ...erased, token: () => `${m.token} + 1` };
  await transitionAll(tx, Mail, fenced, { sql: `${t.id} = ?`, values: [id] });
}

/** Deletes a claimed mail. Resolves to false if the claim no longer holds. */
export const deleteClaimedMail = async ({ manager }: Transaction, { id, token }: MailClaim) =>
  (await manager.delete(Mail, { id, token })).affected === 1;

/** Deletes up to `limit` mails that were queued before `cutoff`. Resolves to their number. */
export const deleteOldMails = (session: Session, cutoff: Date, limit: number): Promise<number> =>
  session.execute(`DELETE FROM ${m.table} WHERE ${m.createdAt} < ? ORDER BY ${m.createdAt} LIMIT ${limit}`, [
    cutoff,
  ]);

const NEWEST: Order<Mail> = { name: 'mails', direction: 'DESC', column: 'id' };

/** Filter of a list of mails. */
export interface MailSearch {
  states?: readonly MailState[] | null;
  to?: string | null;
}

/** Finds a page of the mails that `actor` may see, newest first. */
export function findMailsPage(
  session: Session,
  actor: Actor,
  { states, to }: MailSearch,
  page: PageRequest,
): Promise<Page<Mail>> {
  const where = new Where(visibilityCondition(actor, Mail)).in(t.state, states).is(t.to, to);
  return findPage(session, Mail, where, NEWEST, page);
}
