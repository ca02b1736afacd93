import { removeOldDeliveries } from '../../src/webhooks';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { type Receiver, startReceiver } from '../support/receiver';
import { counts } from '../support/tables';
import { until } from '../support/until';
import { webhooksOf } from '../support/webhooks';

let gateway: TestGateway;
let receiver: Receiver;
beforeAll(async () => {
  gateway = await startTestGateway();
  receiver = await startReceiver();
});
afterAll(async () => {
  await gateway.stop();
  await receiver.stop();
});

/** A webhook that has taken so many messages, with nothing on its way. */
async function webhookWith(messages: number): Promise<string> {
  const owner = webhooksOf(gateway, 'sales@skyline.example');
  const { webhook } = await owner.create({ url: receiver.url });
  for (let sent = 0; sent < messages; sent += 1) await owner.test(webhook.id);
  await until(async () => (await owner.deliveries(webhook.id, ['DELIVERED'])).length === messages);
  await until(async () => (await counts(gateway, 'delivery_queues')).delivery_queues === 0);
  return webhook.id;
}

async function removeAll(cutoff: Date): Promise<void> {
  while (await removeOldDeliveries(gateway.app.deps.db, cutoff));
}

test('old deliveries are removed, and young ones stay', async () => {
  const id = await webhookWith(3);
  await gateway.rows(
    `UPDATE deliveries SET createdAt = '2026-01-01' WHERE webhookId = ? ORDER BY seq LIMIT 2`,
    [id],
  );
  await removeAll(new Date('2026-02-01'));
  expect(await counts(gateway, 'webhooks', 'deliveries')).toEqual({ webhooks: 1, deliveries: 1 });
});

test('a deleted webhook is removed with its deliveries', async () => {
  const kept = await counts(gateway, 'webhooks', 'deliveries');
  const id = await webhookWith(2);
  await webhooksOf(gateway, 'sales@skyline.example').remove(id);
  const [row] = await gateway.rows('SELECT secret, previousSecret FROM webhooks WHERE id = ?', [id]);
  expect(row).toEqual({ secret: '', previousSecret: null });
  await removeAll(new Date('2026-02-01'));
  expect(await counts(gateway, 'webhooks', 'deliveries', 'delivery_queues')).toEqual({
    ...kept,
    delivery_queues: 0,
  });
});
