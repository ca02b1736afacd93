import { userId } from '../../dev/demo-data';
import { type Administrator, administrator } from '../support/administrator';
import { type BackOffice, people } from '../support/back-office';
import { ALPINE, STORAGE } from '../support/demo';
import { type MailGateway, startMailGateway } from '../support/mails';
import { shopper } from '../support/shop';
import { signIn } from '../support/sign-in';
import { numbered } from '../support/streams';
import { counts, everything, writingNothing } from '../support/tables';

const SALES = 'sales@skyline.example';
const PASSWORD = 'a password of my own';
const PERSON = { name: 'Zoë "Zo" O’Hara', email: 'zoe@skyline.example' };

let world: MailGateway;
let who: BackOffice['who'];
let admin: Administrator;
beforeAll(async () => {
  world = await startMailGateway();
  who = people(world.gateway);
  admin = administrator(world.gateway);
});
afterAll(() => world.stop());

const erase = (id: string) =>
  shopper(world.gateway, 'admin@bss.example').call(
    'eraseUser',
    'EraseUserInput',
    { userId: id },
    'user { id name email roles active }',
  );

test('a person is replaced by a pseudonym everywhere; facts of orders and audit stay', async () => {
  const { gateway } = world;
  const { invitation } = await world.invite(SALES, { ...PERSON, roles: ['RESELLER'] });
  const { viewer, token } = await world.accept((await world.mailTo(PERSON.email)).token ?? '', PASSWORD);
  const { id } = viewer;
  const { order } = await who.reseller.order(STORAGE, ALPINE);
  await gateway.settled();
  await gateway.rows('UPDATE orders SET placedById = ? WHERE id = ?', [id, order.id]);
  // Mails by, to and about the person, a former name, and an order that tells of it in the log.
  await world.invite(PERSON.email, {
    name: 'Guest',
    email: 'guest@alpine.example',
    roles: ['CUSTOMER'],
    accountId: ALPINE,
  });
  await world.forget(PERSON.email);
  await admin.does('updateUser', { userId: id, name: 'Zoë Former' });
  await admin.does('updateUser', { userId: id, name: PERSON.name });
  await admin.does('resetUserPassword', { userId: id });
  await admin.does('deactivateUser', { userId: id });
  await world.delivered();
  await numbered(gateway);
  expect(JSON.stringify(await everything(gateway))).toContain('O’Hara');
  const before = await counts(gateway, 'events', 'mails', 'orders', 'invitations');

  const { user, errors } = await erase(id);
  expect(errors).toEqual([]);
  expect(user).toMatchObject({
    id,
    name: expect.stringMatching(/^Erased user \w{6}$/),
    email: `${id.slice(4)}@erased.invalid`,
    roles: [],
    active: false,
  });
  const kept = JSON.stringify(await everything(gateway));
  for (const trace of ['O’Hara', 'Zoë', PERSON.email]) expect(kept).not.toContain(trace);
  const after = await counts(gateway, 'events', 'mails', 'orders', 'invitations');
  expect(after).toEqual({ ...before, events: before.events + 1 });

  expect((await gateway.send(token, '{ viewer { id } }')).status).toBe(401);
  expect((await signIn(gateway, PERSON.email, PASSWORD)).errors).toMatchObject([
    { code: 'WRONG_CREDENTIALS' },
  ]);
  const seen = await admin.reads('query ($id: ID!) { order(id: $id) { placedBy { id name } } }', {
    id: order.id,
  });
  expect(seen.order.placedBy).toEqual({ id, name: user.name });
  const { auditTrail } = await admin.reads(
    'query ($id: ID!) { auditTrail(filter: { userId: $id }) { nodes { type message } } }',
    { id },
  );
  expect(auditTrail.nodes.map(({ message }: { message: string }) => message)).toContain(
    `The password of ${user.name} was reset.`,
  );
  const { mail } = (
    await admin.reads('query ($id: ID!) { node(id: $id) { ... on Invitation { name email mail { to } } } }', {
      id: invitation.id,
    })
  ).node;
  expect(mail.to).toBe(user.email);
});

test('the address can be invited again, and an open invitation of an erased user ends', async () => {
  const { gateway } = world;
  const { invitation } = await world.invite(SALES, { ...PERSON, roles: ['RESELLER'] });
  const open = await world.invite(SALES, { ...PERSON, roles: ['RESELLER'] });
  const links = world.server.mails.filter(({ to }) => to === PERSON.email);
  expect(links.length).toBeGreaterThan(0);
  const { viewer } = await world.accept(
    (await world.mailTo(PERSON.email, links.length)).token ?? '',
    PASSWORD,
  );
  await world.delivered();
  await erase(viewer.id);
  const states = await gateway.rows('SELECT state FROM invitations WHERE id IN (?, ?) ORDER BY state', [
    invitation.id,
    open.invitation.id,
  ]);
  expect(states).toEqual([{ state: 'ACCEPTED' }, { state: 'REVOKED' }]);
});

test('a pending mail to an erased user is not sent', async () => {
  const { gateway, server } = world;
  await world.delivered();
  const email = 'buyer@northwind.example';
  server.behave = () => 'later';
  await gateway.rows('DELETE FROM guess_counts');
  await world.forget(email);
  await erase(userId(email));
  server.behave = () => 'take';
  await world.delivered();
  expect(server.mails.filter(({ to }) => to === email || to.endsWith('erased.invalid'))).toEqual([]);
});

test.each([
  ['the own user', 'admin@bss.example', 'FORBIDDEN'],
  ['an account manager with accounts', 'manager@bss.example', 'INVALID_STATE'],
])('%s is not erased', async (_, email, code) => {
  const { user, errors } = await writingNothing(world.gateway, () => erase(userId(email)));
  expect([user, errors]).toMatchObject([null, [{ code }]]);
});

test('only administrators erase users', async () => {
  const document = 'mutation ($input: EraseUserInput!) { eraseUser(input: $input) { errors { code } } }';
  const input = { userId: userId('sales@harbor.example') };
  await writingNothing(world.gateway, async () => {
    const { data } = await world.gateway.send(await world.gateway.token(SALES), document, { input });
    expect(data.eraseUser.errors).toEqual([{ code: 'FORBIDDEN' }]);
  });
});
