import { typeid } from 'typeid-js';
import { z } from 'zod';
import { currentTime } from '../../clock';
import type { Transaction } from '../../database/index';
import { Account, Role, Webhook, WebhookState } from '../../entities/index';
import { invalid, notFound, Refusal } from '../../errors/index';
import { lastSeq, record } from '../../events/index';
import { authorize, hasRole } from '../../policies/index';
import { countWebhooks, insertInto, lockVisible, readById } from '../../store/index';
import { newWebhookSecret } from '../../webhooks/index';
import type { ActorContext } from '../context';
import { once } from '../idempotency';
import { lockActor } from '../identity/lock';
import { isGiven, optionalKey, parseInput } from '../input';
import { description, eventTypes, readCursor, urlOf } from './fields';

/** Input of `createWebhook`. */
export interface CreateWebhookInput {
  url: string;
  accountId?: string | null;
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
  const { idempotencyKey } = parseInput(optionalKey, input);
  const fields = z.object({ url: urlOf(context), description, eventTypes });
  const values = parseInput(fields, { ...input, eventTypes: input.eventTypes ?? [] });
  const readFrom = isGiven(input.after) ? await readCursor(events, input.after) : undefined;
  const id = typeid('hook').toString();
  const secret = newWebhookSecret();
  const create = async (tx: Transaction) => {
    const accountId = await lockOwner(context, tx, input.accountId);
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
      createdAt: currentTime(),
      deletedAt: null,
    });
    await insertInto(tx, Webhook, made);
    const message = `A webhook to ${values.url} was made.`.slice(0, 1000);
    record(tx, { type: 'webhook.created', message, userId: actor.userId, accountId, data: { id } });
  };
  const madeId = await once(context, 'createWebhook', idempotencyKey, input, commit => commit(id, create));
  return { webhook: await readById(db, Webhook, madeId), secret: madeId === id ? secret : null };
}

/** Locks the account, so that concurrent calls cannot exceed the limit of webhooks. */
async function lockOwner(
  { actor }: ActorContext,
  tx: Transaction,
  asked: string | null | undefined,
): Promise<string> {
  const current = await lockActor(tx, actor, 'createWebhook');
  const account = await lockVisible(tx, current, Account, asked ?? current.accountId ?? '');
  // A reseller sees its customers' accounts; their webhooks are theirs.
  const theirs = account && (account.id === current.accountId || hasRole(current, Role.ADMINISTRATOR));
  if (!theirs) throw new Refusal([notFound('account', ['accountId'])]);
  if ((await countWebhooks(tx, account.id)) >= MAX_WEBHOOKS) {
    throw new Refusal([
      invalid([], `An account can have at most ${MAX_WEBHOOKS} webhooks. Delete an unused webhook first.`),
    ]);
  }
  return account.id;
}
