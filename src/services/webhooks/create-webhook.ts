import { typeid } from 'typeid-js';
import { z } from 'zod';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database';
import { Account, Role, Webhook, WebhookState } from '../../entities';
import { invalid, notFound, Refusal, refuseIf, simple, type UserError } from '../../errors';
import { lastSeq, record } from '../../events';
import { type Actor, authorize, hasRole } from '../../policies';
import { countWebhooks, insertInto, lockStaff, lockVisible, readById } from '../../store';
import { newWebhookSecret } from '../../webhooks';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { lockActor } from '../identity/lock';
import { isGiven, optionalKey, parseInput } from '../input';
import { description, eventTypesIn, readCursor, urlOf } from './fields';

/** Input of `createWebhook`. */
export interface CreateWebhookInput {
  url: string;
  accountId?: string | null;
  everyAccount?: boolean | null;
  description?: string | null;
  eventTypes?: readonly string[] | null;
  after?: string | null;
  idempotencyKey?: string | null;
}

const MAX_WEBHOOKS = 20;

/** Creates a webhook that starts now or at `after`. Only this answer has `secret`: null for a repeated idempotency key. */
export async function createWebhook(
  context: ActorContext,
  input: CreateWebhookInput,
): Promise<{ webhook: Webhook; secret: string | null }> {
  const { db, actor, webhooks, events } = context;
  authorize(actor, 'createWebhook');
  const everyAccount = input.everyAccount === true;
  const { idempotencyKey } = parseInput(optionalKey, input);
  if (everyAccount) refuseIf(everyAccountErrors(actor, input));
  const fields = z.object({ url: urlOf(context), description, eventTypes: eventTypesIn(everyAccount) });
  const values = parseInput(fields, { ...input, eventTypes: input.eventTypes ?? [] });
  const readFrom = isGiven(input.after) ? await readCursor(events, input.after) : undefined;
  const id = typeid('hook').toString();
  const secret = newWebhookSecret();
  const create = async (tx: Transaction) => {
    const accountId = await lockOwner(context, tx, input);
    const made = Object.assign(new Webhook(), {
      ...values,
      id,
      version: 1,
      accountId,
      createdById: actor.userId,
      state: WebhookState.ENABLED,
      disabledReason: null,
      disabledAt: null,
      failingSince: null,
      secret: webhooks.secrets.seal(secret, id),
      previousSecret: null,
      previousSecretUntil: null,
      readFrom: readFrom ?? (await lastSeq(tx)),
      replayFrom: null,
      replayUntil: null,
      createdAt: currentTime(),
      deletedAt: null,
    });
    await insertInto(tx, Webhook, made);
    const message = `A webhook to ${values.url} was made.`;
    record(tx, { type: 'webhook.created', message, userId: actor.userId, accountId, data: { id } });
  };
  const madeId = await once(context, 'createWebhook', idempotencyKey, input, commit => commit(id, create));
  return { webhook: await readById(db, Webhook, madeId), secret: madeId === id ? secret : null };
}

/** Errors if `actor` cannot create a webhook of every account. */
function everyAccountErrors(actor: Actor, { accountId }: CreateWebhookInput): UserError[] {
  if (!hasRole(actor, Role.ADMINISTRATOR)) {
    const message = 'Only administrators can create webhooks of every account.';
    return [simple('FORBIDDEN', message, ['everyAccount'])];
  }
  if (!isGiven(accountId)) return [];
  return [invalid(['accountId'], 'A webhook of every account belongs to none. Omit `accountId`.')];
}

/** Locks the owner, so that concurrent calls cannot exceed the limit of webhooks. Null for a webhook of every account. */
async function lockOwner(
  { actor }: ActorContext,
  tx: Transaction,
  input: CreateWebhookInput,
): Promise<string | null> {
  if (input.everyAccount) await lockStaff(tx);
  const current = await lockActor(tx, actor, 'createWebhook');
  if (input.everyAccount) refuseIf(everyAccountErrors(current, input));
  const accountId = input.everyAccount ? null : await lockOwnAccount(tx, current, input.accountId);
  if ((await countWebhooks(tx, accountId)) < MAX_WEBHOOKS) return accountId;
  const who = accountId === null ? 'The distributor' : 'An account';
  throw new Refusal([
    invalid([], `${who} can have at most ${MAX_WEBHOOKS} webhooks. Delete an unused webhook first.`),
  ]);
}

async function lockOwnAccount(
  tx: Transaction,
  actor: Actor,
  asked: string | null | undefined,
): Promise<string> {
  const account = await lockVisible(tx, actor, Account, asked ?? actor.accountId ?? '');
  // A reseller sees its customers' accounts; their webhooks are theirs.
  const theirs = account && (account.id === actor.accountId || hasRole(actor, Role.ADMINISTRATOR));
  if (!theirs) throw new Refusal([notFound('account', ['accountId'])]);
  return account.id;
}
