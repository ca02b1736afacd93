import { createConnection } from 'mysql2/promise';
import type { QueryRunner } from 'typeorm';
import { accountId } from '../../src/demo-data';
import { Kept1795700200000 } from '../../src/migrations/1795700200000-kept';
import { people } from '../support/back-office';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { startReceiver } from '../support/receiver';
import { numbered } from '../support/streams';
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

test('a cancellation that is withdrawn keeps the subscription, and says so', async () => {
  const { manager } = people(gateway);
  const id = await manager.liveSubscription(accountId('Contoso'));
  const request = await manager.requested(id, { timing: 'END_OF_PERIOD' });
  await manager.decide({ requestId: request.id, decision: 'ACCEPT' });
  await manager.withdraw({ requestId: request.id });
  expect((await typesOf(id)).slice(-2)).toEqual(['subscription.ending', 'subscription.kept']);
});

test('events and webhooks that have the old name get the new one, however often the migration runs', async () => {
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
  expect((await owner.see(webhook.id)).eventTypes).toEqual(['subscription.resumed', 'order.*']);

  for (let times = 0; times < 2; times += 1) await migration.up(runner);
  expect(await typesOf(subscription?.id)).toEqual(before);
  expect((await owner.see(webhook.id)).eventTypes).toEqual(['subscription.kept', 'order.*']);
  await db.end();
  await receiver.stop();
});
