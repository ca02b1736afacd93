import { accountId } from '../../dev/demo-data';
import { encodeCursor, LOG_KEY } from '../../src/events';
import { ADMIN, RESELLER } from '../support/demo';
import { codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { expectedSignature, type Receiver, startReceiver } from '../support/receiver';
import { writingNothing } from '../support/tables';
import { until } from '../support/until';
import { deletedAreGone, nothingQueued, webhooksOf } from '../support/webhooks';

const webhooks = {
  retries: { firstMs: 10, maxMs: 20, maxAttempts: 1000, totalMs: 120_000 },
  limits: { slots: 4, failureThreshold: 1000, openMs: 50 },
};

let gateway: TestGateway;
let receiver: Receiver;
let owner: ReturnType<typeof webhooksOf>;
beforeAll(async () => {
  gateway = await startTestGateway({ webhooks });
  owner = webhooksOf(gateway, RESELLER);
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const { id } of await webhooksOf(gateway, ADMIN).list()) await webhooksOf(gateway, ADMIN).remove(id);
  await deletedAreGone(gateway);
  await receiver.stop();
});

const quiet = () => nothingQueued(gateway);

describe('invalid input', () => {
  const good = () => ({ url: receiver.url });
  test.each<[string, object, string]>([
    ['an address that is none', { url: 'somewhere' }, 'url'],
    ['an empty address', { url: ' ' }, 'url'],
    ['an address of another protocol', { url: 'ftp://files.example/' }, 'url'],
    ['an address with a password', { url: 'https://me:secret@hooks.example/' }, 'url'],
    ['an address with a fragment', { url: 'https://hooks.example/#here' }, 'url'],
    ['an address of 3000 characters', { url: `https://hooks.example/${'x'.repeat(3000)}` }, 'url'],
    ['an address with a line break', { url: 'https://hooks.example/a\r\nb: c' }, 'url'],
    ['a long description', { description: 'x'.repeat(201) }, 'description'],
    ['a type that does not exist', { eventTypes: ['order.placed', 'order.eaten'] }, 'eventTypes.1'],
    ['a type that is not for webhooks', { eventTypes: ['user.signed-in'] }, 'eventTypes.0'],
    ['a cursor that is none', { after: 'nonsense' }, 'after'],
    ['a cursor of the future', { after: encodeCursor({ seq: 10 ** 9 }, LOG_KEY) }, 'after'],
    [
      'a cursor of a stream with a filter',
      { after: encodeCursor({ seq: 1 }, ['provisioning', 'ord_x', null]) },
      'after',
    ],
  ])('%s is rejected with the path of the field, and writes nothing', async (_, bad, path) => {
    await quiet();
    const answer = await writingNothing(gateway, () => owner.create({ ...good(), ...bad }));
    expect([answer.webhook, answer.secret, codesWithPaths(answer)]).toEqual([
      null,
      null,
      [`INVALID_INPUT ${path}`],
    ]);
    expect(answer.errors[0].message).toMatch(/^[A-Z].*\.$/s);
  });

  test.each<[string, (id: string) => Promise<any>, string, string]>([
    [
      'another version',
      id => owner.update({ webhookId: id, expectedVersion: 9 }),
      'VERSION_CONFLICT',
      'expectedVersion',
    ],
    ['a bad address', id => owner.update({ webhookId: id, url: 'x' }), 'INVALID_INPUT', 'url'],
    [
      'a year of two secrets',
      id => owner.rotate({ webhookId: id, keepPreviousForHours: 9000 }),
      'INVALID_INPUT',
      'keepPreviousForHours',
    ],
    [
      'a webhook that never was',
      () => owner.remove('hook_01kdvdna00zzzzzzzzzzzzzzzz'),
      'NOT_FOUND',
      'webhookId',
    ],
    ['a delivery that never was', () => owner.redeliver("' OR 1=1"), 'NOT_FOUND', 'deliveryId'],
    ['a bad cursor', id => owner.redeliverSince({ webhookId: id, after: 'x' }), 'INVALID_INPUT', 'after'],
  ])('%s is rejected, and writes nothing', async (_, act, code, path) => {
    const { webhook } = await owner.create(good());
    await quiet();
    const answer = await writingNothing(gateway, () => act(webhook.id));
    expect(codesWithPaths(answer)).toEqual([`${code} ${path}`]);
  });

  test('a disabled webhook rejects test events and redelivery', async () => {
    const { webhook } = await owner.create(good());
    await owner.update({ webhookId: webhook.id, state: 'DISABLED' });
    await quiet();
    const after = encodeCursor({ seq: 1 }, LOG_KEY);
    await writingNothing(gateway, async () => {
      expect(codesWithPaths(await owner.test(webhook.id))).toEqual(['INVALID_STATE webhookId']);
      expect(codesWithPaths(await owner.redeliverSince({ webhookId: webhook.id, after }))).toEqual([
        'INVALID_STATE webhookId',
      ]);
    });
  });

  test('the twenty-first webhook of an account is rejected', async () => {
    for (let made = 0; made < 20; made += 1) expect((await owner.create(good())).errors).toEqual([]);
    await quiet();
    const answer = await writingNothing(gateway, () => owner.create(good()));
    expect(codesWithPaths(answer)).toEqual(['INVALID_INPUT']);
  });
});

test('an API key can neither create nor see a webhook', async () => {
  const { webhook } = await owner.create({ url: receiver.url });
  const { secret } = await owner.call('createApiKey', { name: 'Portal', scopes: ['ORDER'] }, 'secret');
  const asKey = webhooksOf({ ...gateway, token: async () => secret }, RESELLER);
  await quiet();
  await writingNothing(gateway, async () => {
    expect(codesWithPaths(await asKey.create({ url: receiver.url }))).toEqual(['FORBIDDEN']);
    expect(codesWithPaths(await asKey.remove(webhook.id))).toEqual(['FORBIDDEN']);
  });
  expect(await asKey.list()).toEqual([]);
  expect(await asKey.see(webhook.id)).toBeNull();
});

test('an administrator can create a webhook for any account; a reseller cannot for its customer', async () => {
  const made = await webhooksOf(gateway, ADMIN).create({
    url: receiver.url,
    accountId: accountId('Alpine Dental'),
  });
  expect(made.webhook.account.name).toBe('Alpine Dental');
  expect(
    codesWithPaths(await owner.create({ url: receiver.url, accountId: accountId('Alpine Dental') })),
  ).toEqual(['NOT_FOUND accountId']);
  expect(await owner.see(made.webhook.id)).toBeNull();
});

test('a test event arrives; the audit trail names the users who created, tested and deleted the webhook', async () => {
  const { webhook } = await owner.create({ url: receiver.url, eventTypes: ['order.*'] });
  await owner.test(webhook.id);
  await until(() => receiver.taken.length === 1);
  expect(receiver.taken[0]?.json.type).toBe('webhook.test');
  expect(await owner.remove(webhook.id)).toEqual({ deletedId: webhook.id, errors: [] });
  expect([await owner.see(webhook.id), await owner.deliveries(webhook.id)]).toEqual([null, []]);
  await quiet();
  const { data } = await gateway.send(
    await gateway.token(ADMIN),
    `{ auditTrail(filter: { types: ["webhook.created", "webhook.test", "webhook.disabled", "webhook.deleted"] }, first: 4) {
         nodes { type by { email } account { name } } } }`,
  );
  expect(data.auditTrail.nodes).toEqual(
    ['webhook.deleted', 'webhook.disabled', 'webhook.test', 'webhook.created'].map(type => ({
      type,
      by: { email: RESELLER },
      account: { name: 'Skyline IT' },
    })),
  );
});

test('a secret is shown once and stored encrypted; during a rotation both sign', async () => {
  const { webhook, secret } = await owner.create({ url: receiver.url });
  const kept = JSON.stringify([
    await gateway.rows('SELECT * FROM webhooks'),
    await gateway.rows('SELECT * FROM events'),
    await gateway.rows('SELECT * FROM deliveries'),
  ]);
  expect([kept.includes(secret), kept.includes(secret.slice(6))]).toEqual([false, false]);
  const signatures = async () => {
    const before = receiver.taken.length;
    await owner.test(webhook.id);
    await until(() => receiver.taken.length > before);
    const message = receiver.taken.at(-1);
    if (!message) throw new Error('Nothing came.');
    return {
      got: message.headers['webhook-signature'],
      by: (one: string) => expectedSignature(one, message),
    };
  };
  const first = await signatures();
  expect(first.got).toBe(first.by(secret));
  const rotated = await owner.rotate({ webhookId: webhook.id });
  expect(rotated.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const second = await signatures();
  expect(second.got).toBe(`${second.by(rotated.secret)} ${second.by(secret)}`);
  await gateway.rows('UPDATE webhooks SET previousSecretUntil = ? WHERE id = ?', [
    new Date('2026-01-01'),
    webhook.id,
  ]);
  const third = await signatures();
  expect(third.got).toBe(third.by(rotated.secret));
  const last = await owner.rotate({ webhookId: webhook.id, keepPreviousForHours: 0 });
  const fourth = await signatures();
  expect(fourth.got).toBe(fourth.by(last.secret));
});

test('a webhook whose receiver fails for days is disabled with the reason, and resumes when it is enabled', async () => {
  const { webhook } = await owner.create({ url: receiver.url });
  receiver.behave = () => 500;
  await owner.test(webhook.id);
  await until(async () => (await owner.see(webhook.id)).failingSince !== null);
  await gateway.rows(`UPDATE webhooks SET failingSince = '2026-01-01' WHERE id = ?`, [webhook.id]);
  await until(async () => (await owner.see(webhook.id)).state === 'DISABLED');
  const { disabledReason } = await owner.see(webhook.id);
  expect(disabledReason).toBe(
    'Every attempt since 2026-01-01T00:00:00.000Z has failed. The last: The receiver answered with HTTP 500.',
  );
  await quiet();
  const asked = receiver.requests.length;
  const [row] = await gateway.rows(
    `SELECT userId, message FROM events WHERE type = 'webhook.disabled' ORDER BY seq DESC`,
  );
  expect(row).toEqual({
    userId: null,
    message: `The webhook ${receiver.url} was disabled: ${disabledReason}`,
  });
  expect((await owner.deliveries(webhook.id)).map(({ state }) => state)).toEqual(['PENDING']);
  receiver.behave = () => undefined;
  await owner.update({ webhookId: webhook.id, state: 'ENABLED' });
  await until(() => receiver.taken.length === 1);
  expect(receiver.requests.length).toBe(asked + 1);
  await until(async () => (await owner.deliveries(webhook.id, ['DELIVERED'])).length === 1);
  expect(await owner.see(webhook.id)).toMatchObject({
    state: 'ENABLED',
    failingSince: null,
    disabledReason: null,
  });
});

test('a receiver that answers 410 is not called again', async () => {
  const { webhook } = await owner.create({ url: receiver.url });
  receiver.behave = () => 410;
  await owner.test(webhook.id);
  await until(async () => (await owner.see(webhook.id)).state === 'DISABLED');
  expect((await owner.see(webhook.id)).disabledReason).toBe(
    'The receiver answered that it is gone (HTTP 410).',
  );
  await quiet();
  expect(receiver.requests).toHaveLength(1);
});

test('an event that the account can no longer see is withheld', async () => {
  const { webhook } = await owner.create({ url: receiver.url });
  await gateway.app.deps.db.transaction(async tx => {
    await tx.execute(
      `INSERT INTO events (type, occurredAt, accountId, resellerId, orderId, message, data)
       VALUES ('order.completed', NOW(3), ?, ?, 'ord_01kdvdna00zzzzzzzzzzzzzzzz', 'x', '{}')`,
      [accountId('Alpine Dental'), accountId('Skyline IT')],
    );
    tx.touched.add('events');
  });
  await until(async () => (await owner.deliveries(webhook.id, ['WITHHELD'])).length === 1);
  const [delivery] = await owner.deliveries(webhook.id);
  expect(delivery).toMatchObject({
    attempts: 0,
    error: 'The account may no longer see what the event is about.',
  });
  expect(receiver.requests).toEqual([]);
});
