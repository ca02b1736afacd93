import { userId } from '../../dev/demo-data';
import { type Administrator, administrator } from '../support/administrator';
import { type BackOffice, people, person } from '../support/back-office';
import { product } from '../support/catalog';
import { ALPINE, CONTOSO, STORAGE } from '../support/demo';
import { startOn } from '../support/gateway';
import { type MailGateway, startMailGateway } from '../support/mails';
import { faults, refuse } from '../support/provider/of-gateway';
import { signIn } from '../support/sign-in';
import { numbered } from '../support/streams';
import { found, until } from '../support/until';

const MANAGER = 'manager@bss.example';
const BUYER = 'buyer@contoso.example';

let world: MailGateway;
let who: BackOffice['who'];
let admin: Administrator;
beforeEach(async () => {
  world = await startMailGateway();
  who = people(world.gateway);
  admin = administrator(world.gateway);
});
afterEach(() => world.stop());

/** Waits until the events so far are mailed about. */
async function told(): Promise<void> {
  const { gateway } = world;
  await gateway.settled();
  await numbered(gateway);
  await until(
    async () => {
      const [row] = await gateway.rows(
        'SELECT (SELECT last FROM mail_position) >= (SELECT MAX(seq) FROM events) AS done',
      );
      return row?.done === 1;
    },
    { what: 'mails about all events are queued' },
  );
  await world.delivered();
}
const subjects = () => world.server.mails.map(({ to, subject }) => `${to}: ${subject}`).sort();

test('an order, a cancellation request and its decision are mailed to those concerned, once', async () => {
  const order = await who.otherBuyer.order(STORAGE);
  expect(order.errors).toEqual([]);
  await told();
  const { number } = order.order;
  expect(subjects()).toEqual([`${BUYER}: Order ${number} is completed`]);
  expect(world.server.mails[0]?.source).toContain('Turn such mails off with `setNotifications`.');

  const [{ id, friendlyName }] = (await world.gateway.rows(
    'SELECT id, friendlyName FROM subscriptions',
  )) as any;
  const request = await who.otherBuyer.requested(id, { reason: 'Too <big>' });
  await told();
  const asked = await world.mailTo(MANAGER);
  expect(asked.subject).toBe(`Cancellation of ${friendlyName} requested`);
  expect(asked.source).toContain('Reason: Too &lt;big&gt;');
  expect(asked.source).toContain('https://cloud.example/console');

  await who.manager.decide({ requestId: request.id, decision: 'REJECT', note: 'Not yet' });
  await told();
  expect(subjects()).toEqual([
    `${BUYER}: Cancellation of ${friendlyName} rejected`,
    `${BUYER}: Order ${number} is completed`,
    `${MANAGER}: Cancellation of ${friendlyName} requested`,
  ]);
  expect((await world.mailTo(BUYER, 2)).source).toContain('Note: Not yet');
});

test('mails have the references of the account, the order and the subscription, but not for end customers', async () => {
  const { gateway } = world;
  const refer = async (id: string, externalReference: string) => {
    const answer = await who.manager.call(
      'setExternalReference',
      'SetExternalReferenceInput',
      { id, externalReference },
      'node { id }',
    );
    expect(answer.errors).toEqual([]);
  };
  await refer(ALPINE, 'ACC <1>');
  const references = { externalReference: 'ERP-1', purchaseOrderNumber: 'PO-7' };
  expect((await who.reseller.order(STORAGE, ALPINE, references)).errors).toEqual([]);
  await told();
  const bought = (await world.mailTo('sales@skyline.example')).source;
  expect(bought.split('\r\n').filter(line => /^(Purchase order|Your reference)/.test(line))).toEqual([
    'Purchase order: PO-7',
    'Your reference of the order: ERP-1',
    'Your reference of the account: ACC <1>',
  ]);
  expect(bought).toContain('ACC &lt;1&gt;');
  const [{ id }] = (await gateway.rows('SELECT id FROM subscriptions')) as any;
  await refer(id, 'SUB-1');
  await admin.does('createUser', {
    ...{ accountId: ALPINE, name: 'Ada', email: 'ada@alpine.example', roles: ['CUSTOMER'] },
  });
  const request = await person(gateway, 'ada@alpine.example').requested(id);
  await who.reseller.decide({ requestId: request.id, decision: 'ACCEPT' });
  await told();
  expect((await world.mailTo(MANAGER)).source).toContain('Your reference of the subscription: SUB-1');
  await who.manager.decide({ requestId: request.id, decision: 'REJECT' });
  await told();
  const decided = world.server.mails.filter(({ subject }) => subject.endsWith('rejected'));
  expect(decided.map(({ source }) => /reference|Purchase/.test(source))).toEqual([false]);
});

test('a failed order is mailed to the user who placed it', async () => {
  const { gateway } = world;
  await faults(gateway, refuse('subscriptions/create'));
  const { order } = await who.reseller.order(STORAGE, ALPINE);
  await told();
  expect(subjects()).toEqual([`sales@skyline.example: Order ${order.number} has failed`]);
});

test('an order whose lines are abandoned is mailed as partially completed or cancelled to its placer', async () => {
  const { gateway } = world;
  await faults(gateway, refuse('subscriptions/create'), refuse('subscriptions/create'));
  await who.reseller.add({ productId: product('CB-SERVER') });
  const { order: part } = await who.reseller.order(STORAGE, ALPINE);
  await gateway.settled();
  const abandon = async (orderId: string) => {
    const { operations } = await who.manager.seeOrder(orderId);
    const failed = operations.find((it: any) => it.state === 'FAILED');
    expect((await who.manager.abandon({ operationId: failed.id })).errors).toEqual([]);
    await told();
  };
  await abandon(part.id);
  const { order: whole } = await who.otherBuyer.order(STORAGE);
  await gateway.settled();
  await abandon(whole.id);
  // A person who cancels an order before its execution knows of it.
  const { id: orderId } = await who.manager.placed(CONTOSO, STORAGE);
  expect((await who.manager.cancelOrder({ orderId })).errors).toEqual([]);
  await told();
  expect(subjects()).toEqual([
    `${BUYER}: Order ${whole.number} has failed`,
    `${BUYER}: Order ${whole.number} is cancelled`,
    `sales@skyline.example: Order ${part.number} has failed`,
    `sales@skyline.example: Order ${part.number} is partially completed`,
  ]);
});

test('mails that a user has turned off are not sent', async () => {
  const { gateway } = world;
  const document = `mutation ($enabled: [Notification!]!) { setNotifications(input: { enabled: $enabled }) {
    user { notifications } errors { code } } }`;
  const enabled = ['ORDER_FAILED', 'REQUEST_DECIDED'];
  const { data } = await gateway.send(await gateway.token(BUYER), document, { enabled });
  expect(data.setNotifications).toEqual({
    user: { notifications: ['REQUEST_DECIDED', 'ORDER_FAILED'] },
    errors: [],
  });
  await who.otherBuyer.order(STORAGE);
  await told();
  expect(subjects()).toEqual([]);
});

test('the notifications of a user are hidden from other accounts', async () => {
  const { gateway } = world;
  const { data } = await gateway.send(
    await gateway.token('buyer@northwind.example'),
    '{ viewer { notifications account { accountManager { notifications } } } }',
  );
  expect(data.viewer.notifications).toHaveLength(5);
  expect(data.viewer.account.accountManager.notifications).toBeNull();
});

test('without an account manager, administrators learn of a request', async () => {
  await admin.does('assignAccountManager', { accountId: CONTOSO, accountManagerId: null });
  await who.otherBuyer.order(STORAGE);
  await world.gateway.settled();
  const [{ id }] = (await world.gateway.rows('SELECT id FROM subscriptions')) as any;
  await who.otherBuyer.requested(id);
  await told();
  expect(subjects().filter(line => line.includes('Cancellation'))).toHaveLength(1);
  expect(subjects().filter(line => line.startsWith('admin@bss.example: Cancellation'))).toHaveLength(1);
});

test('two processes send each mail once', async () => {
  const { gateway, server } = world;
  const other = await startOn(gateway.settings);
  try {
    for (let nth = 0; nth < 3; nth += 1) {
      const { id } = await who.manager.placed(CONTOSO, STORAGE);
      await who.manager.execute({ orderId: id });
      await gateway.settled();
      const [row] = await gateway.rows(`SELECT id FROM subscriptions WHERE state = 'ACTIVE'`);
      const { id: requestId } = await who.otherBuyer.requested(row?.id);
      // A request that is decided before anybody is told of it needs no mail.
      await told();
      await who.manager.decide({ requestId, decision: 'ACCEPT' });
      await gateway.settled();
    }
    await told();
    expect(server.mails).toHaveLength(9);
    expect(new Set(server.mails.map(({ messageId }) => messageId)).size).toBe(9);
  } finally {
    await other.stop();
  }
});

test('events that are older than a day are not mailed about', async () => {
  const { gateway } = world;
  await told();
  await gateway.app.stop();
  await gateway.rows(`UPDATE events SET type = 'order.completed', occurredAt = NOW(3) - INTERVAL 25 HOUR`);
  await gateway.rows('UPDATE mail_position SET last = 0');
  const again = await startOn(gateway.settings);
  await found(async () => {
    const [row] = await gateway.rows(
      'SELECT last = (SELECT MAX(seq) FROM events) AS done FROM mail_position',
    );
    return row?.done === 1 || undefined;
  });
  expect(await gateway.rows('SELECT id FROM mails')).toEqual([]);
  await again.stop();
});

test('an administrator learns of a sign-in from a new address; the first one is no news', async () => {
  const { gateway } = world;
  expect((await signIn(gateway, 'admin@bss.example')).errors).toEqual([]);
  expect((await signIn(gateway, 'admin@bss.example')).errors).toEqual([]);
  await gateway.rows('UPDATE sign_in_addresses SET addressHash = ?', ['0'.repeat(64)]);
  expect((await signIn(gateway, 'admin@bss.example')).errors).toEqual([]);
  expect((await signIn(gateway, 'admin@bss.example')).errors).toEqual([]);
  expect((await signIn(gateway, MANAGER)).errors).toEqual([]);
  await world.delivered();
  expect(subjects()).toEqual(['admin@bss.example: Sign-in from a new address']);
  expect(world.server.mails[0]?.source).toContain('from 127.0.0.1 at ');
  expect(await gateway.rows('SELECT userId FROM sign_in_addresses')).toEqual([
    { userId: userId('admin@bss.example') },
    { userId: userId('admin@bss.example') },
  ]);
});
