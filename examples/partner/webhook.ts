import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { send } from './gateway';
import { CreateWebhookDocument, ReadWebhooksDocument, RotateSecretDocument } from './generated';
import { accepted } from './refused';
import { RECEIVER_URL, stateFile } from './settings';

/** Our webhook, and the secret that its messages are signed with. */
export interface OwnWebhook {
  id: string;
  secret: string;
}

const path = () => stateFile('webhook.json');

/** Returns our webhook, if it was created. */
export const readWebhook = (): OwnWebhook | undefined =>
  existsSync(path()) ? JSON.parse(readFileSync(path(), 'utf8')) : undefined;

/** Creates the webhook, once. Needs the credential of a person: an API key cannot create webhooks. */
export async function webhookCommand(): Promise<void> {
  const webhook = readWebhook() ?? store(await create());
  console.log(`webhook ${webhook.id} sends to ${RECEIVER_URL}`);
}

/** Only our user can read the file. In production the secret belongs into a vault, and never into a log. */
function store(webhook: OwnWebhook): OwnWebhook {
  writeFileSync(`${path()}.draft`, JSON.stringify(webhook), { mode: 0o600 });
  renameSync(`${path()}.draft`, path());
  return webhook;
}

/** Creates the webhook. If there is one with our URL, we have lost its secret, which is shown once: rotates it. */
async function create(): Promise<OwnWebhook> {
  const { webhooks } = await send(ReadWebhooksDocument, {});
  const before = webhooks.nodes.find(({ url }) => url === RECEIVER_URL);
  if (before) return { id: before.id, secret: await rotateSecret(before.id) };
  const { createWebhook } = await send(CreateWebhookDocument, {
    input: {
      url: RECEIVER_URL,
      eventTypes: ['order.*', 'subscription.*'],
      idempotencyKey: `webhook ${RECEIVER_URL}`,
    },
  });
  const { id } = accepted(createWebhook, 'webhook');
  // A repeated key returns the webhook without its secret.
  return { id, secret: createWebhook.secret ?? (await rotateSecret(id)) };
}

async function rotateSecret(webhookId: string): Promise<string> {
  const { rotateWebhookSecret } = await send(RotateSecretDocument, { webhookId });
  return accepted(rotateWebhookSecret, 'secret');
}
