import { createConnection } from 'mysql2/promise';
import type { QueryRunner } from 'typeorm';
import { accountId } from '../../dev/demo-data';
import { Kept1795700200000 } from '../../src/migrations/1795700200000-kept';
import { people } from '../support/back-office';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { startReceiver } from '../support/receiver';
import { numbered } from '../support/streams';
import { until } from '../support/until';
import { webhooksOf } from '../support/webhooks';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const typesOf = async (subscriptionId: string) =>
  (
    await gateway.rows('SELECT type FROM events WHERE subscriptionId = ? AND type LIKE ? ORDER BY id', [
      subscriptionId,
      'subscription.%',
    ])
  ).map(({ type }) => type);

/** The types of events as the row has them. */
const namesOf = async (webhookId: string) => {
  const [row] = await gateway.rows('SELECT eventTypes FROM webhooks WHERE id = ?', [webhookId]);
  return typeof row?.eventTypes === 'string' ? JSON.parse(row.eventTypes) : row?.eventTypes;
};

test('withdrawing a cancellation keeps the subscription, and records it', async () => {
  const { manager } = people(gateway);
  const id = await manager.liveSubscription(accountId('Contoso'));
  const request = await manager.requested(id, { timing: 'END_OF_PERIOD' });
  await manager.decide({ requestId: request.id, decision: 'ACCEPT' });
  await manager.withdraw({ requestId: request.id });
  expect((await typesOf(id)).slice(-2)).toEqual(['subscription.ending', 'subscription.kept']);
});

test('the migration renames the event type in events and webhooks, and can run again', async () => {
  const receiver = await startReceiver();
  const owner = webhooksOf(gateway, 'buyer@contoso.example');
  const { webhook } = await owner.create({ url: receiver.url, eventTypes: ['subscription.kept', 'order.*'] });
  await numbered(gateway);
  const [subscription] = await gateway.rows('SELECT id FROM subscriptions');
  const before = await typesOf(subscription?.id);
  const db = await createConnection({ uri: gateway.settings.databaseUrl });
  const runner = {
    query: async (sql: string, values?: unknown[]) => (await db.query(sql, values))[0],
  } as unknown as QueryRunner;
  const migration = new Kept1795700200000();

  await migration.down(runner);
  expect(await typesOf(subscription?.id)).toEqual(
    before.map(type => (type === 'subscription.kept' ? 'subscription.resumed' : type)),
  );
  expect(await namesOf(webhook.id)).toEqual(['subscription.resumed', 'order.*']);

  for (let times = 0; times < 2; times += 1) await migration.up(runner);
  expect(await typesOf(subscription?.id)).toEqual(before);
  expect(await namesOf(webhook.id)).toEqual(['subscription.kept', 'order.*']);
  await db.end();
  await receiver.stop();
});

test('events and webhooks written by the previous version after the migration have the new name', async () => {
  const receiver = await startReceiver();
  const owner = webhooksOf(gateway, 'buyer@contoso.example');
  const named = await owner.create({ url: receiver.url, eventTypes: ['subscription.kept'] });
  const old = await owner.create({ url: receiver.url, eventTypes: ['subscription.ending'] });
  await gateway.rows('UPDATE webhooks SET eventTypes = ? WHERE id = ?', [
    '["subscription.resumed"]',
    old.webhook.id,
  ]);
  expect((await owner.see(old.webhook.id)).eventTypes).toEqual(['subscription.kept']);
  await gateway.rows(
    `INSERT INTO events (type, occurredAt, accountId, resellerId, subscriptionId, message, data)
     SELECT 'subscription.resumed', NOW(3), accountId, resellerId, subscriptionId, message, data FROM events
     WHERE type = 'subscription.kept' LIMIT 1`,
  );
  await until(() => receiver.taken.length === 2);
  expect(receiver.taken.map(({ json }) => json.type)).toEqual(['subscription.kept', 'subscription.kept']);
  for (const { webhook } of [named, old]) {
    expect((await owner.deliveries(webhook.id)).map(({ eventType }) => eventType)).toEqual([
      'subscription.kept',
    ]);
  }
  await receiver.stop();
});
