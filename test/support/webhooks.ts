import { removeOldDeliveries } from '../../src/webhooks';
import type { TestGateway } from './gateway';
import { ERRORS } from './shop';
import { numbered } from './streams';
import { until } from './until';

const WEBHOOK = `id version url description eventTypes state disabledReason disabledAt failingSince previousSecretUntil everyAccount
  account { name } createdBy { email }`;
const DELIVERY = `id cursor eventType state attempts responseStatus error firstAttemptAt nextAttemptAt deliveredAt
  webhook { id }`;

/** What a user does with webhooks. */
export function webhooksOf(gateway: Pick<TestGateway, 'send' | 'token'>, email: string) {
  const call = async (field: string, input: object, selection: string) => {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} ${ERRORS} } }`;
    const { data, errors } = await gateway.send(await gateway.token(email), document, { input });
    if (errors) throw new Error(JSON.stringify(errors));
    return data[field];
  };
  const query = async (document: string, variables: object = {}) => {
    const { data, errors } = await gateway.send(await gateway.token(email), document, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    call,
    create: (input: object) => call('createWebhook', input, `webhook { ${WEBHOOK} } secret`),
    update: (input: object) => call('updateWebhook', input, `webhook { ${WEBHOOK} }`),
    remove: (webhookId: string) => call('deleteWebhook', { webhookId }, 'deletedId'),
    rotate: (input: object) => call('rotateWebhookSecret', input, `webhook { ${WEBHOOK} } secret`),
    test: (webhookId: string) => call('sendTestEvent', { webhookId }, 'webhook { id }'),
    redeliver: (deliveryId: string) => call('redeliver', { deliveryId }, `delivery { ${DELIVERY} }`),
    redeliverSince: (input: object) => call('redeliverSince', input, `webhook { ${WEBHOOK} }`),
    list: async (): Promise<any[]> =>
      (await query(`{ webhooks(first: 100) { nodes { ${WEBHOOK} } } }`)).webhooks.nodes,
    see: async (id: string) =>
      (await query(`query ($id: ID!) { node(id: $id) { ... on Webhook { ${WEBHOOK} } } }`, { id })).node,
    deliveries: async (webhookId: string, states?: string[]): Promise<any[]> =>
      (
        await query(
          `query ($webhookId: ID!, $states: [WebhookDeliveryState!]) {
             webhookDeliveries(webhookId: $webhookId, states: $states, first: 100) { nodes { ${DELIVERY} } } }`,
          { webhookId, states },
        )
      ).webhookDeliveries.nodes,
  };
}

/** Everything that was recorded for a webhook is delivered or given up, and nothing waits. */
export async function allDelivered(gateway: TestGateway, webhookId: string): Promise<void> {
  const { events, db } = gateway.app.deps;
  await gateway.settled();
  await numbered(gateway);
  await until(async () => {
    const [row] = await db.rows<{ behind: string | null; range: string | null; last: number; open: number }>(
      `SELECT p.last, w.readFrom AS behind, w.replayFrom AS \`range\`,
         (SELECT COUNT(*) FROM delivery_queues WHERE webhookId = w.id) AS open
       FROM webhooks w, webhook_position p WHERE w.id = ?`,
      [webhookId],
    );
    return row?.behind === null && row.range === null && row.last >= events.head && row.open === 0;
  });
}

/** Nothing is queued for any webhook, and none is behind: nothing is written behind the back of a test. */
export const nothingQueued = ({ app, rows }: TestGateway): Promise<void> =>
  until(async () => {
    await app.deps.events.catchUp();
    const [row] = await rows(
      `SELECT (SELECT COUNT(*) FROM delivery_queues WHERE dueAt IS NOT NULL) + (SELECT COUNT(*) FROM events WHERE seq IS NULL)
         + (SELECT COUNT(*) FROM webhooks WHERE state = 'ENABLED' AND readFrom IS NOT NULL) AS open`,
    );
    return row?.open === 0;
  });

/** Removes deleted webhooks, as the gateway does by and by: nothing is to change behind the next test's back. */
export async function deletedAreGone({ app }: TestGateway): Promise<void> {
  while (await removeOldDeliveries(app.deps.db, new Date(0)));
}
