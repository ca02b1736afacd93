import { enqueueMail, removeOldMails } from '../../src/mail';
import { startOn } from '../support/gateway';
import { type MailGateway, startMailGateway } from '../support/mails';
import { signIn } from '../support/sign-in';
import { found, until } from '../support/until';

const CONTOSO = 'buyer@contoso.example';

let world: MailGateway;
beforeEach(async () => {
  world = await startMailGateway();
});
afterEach(() => world.stop());

const one = async (to: string, state: string) =>
  found(async () => (await world.mails({ to, states: [state] }))[0], { what: `a mail to ${to} is ${state}` });

test('a refused address fails at once with its error, and can be sent again', async () => {
  world.server.behave = () => 'refuse';
  await world.forget(CONTOSO);
  const failed = await one(CONTOSO, 'FAILED');
  expect(failed).toMatchObject({ attempts: 1, sentAt: null, subject: 'Choose a new password' });
  expect(failed.error).toContain('550 5.1.1 No such mailbox');
  expect(world.server.mails).toEqual([]);

  world.server.behave = () => 'take';
  const { mail, errors } = await world.sendAgain(failed.id);
  expect([errors, mail.attempts]).toEqual([[], 0]);
  expect(await one(CONTOSO, 'SENT')).toMatchObject({ id: failed.id, attempts: 1, error: null });
  const { messageId } = await world.mailTo(CONTOSO);
  expect(messageId).toBe(`<${failed.id}.2@skybasket.example>`);
});

test('a temporary refusal is retried', async () => {
  let refusals = 3;
  world.server.behave = () => {
    refusals -= 1;
    return refusals >= 0 ? 'later' : 'take';
  };
  await world.forget(CONTOSO);
  expect(await one(CONTOSO, 'SENT')).toMatchObject({ attempts: 4, error: null });
  expect(world.server.mails).toHaveLength(1);
});

test('a mail whose answer was lost comes again, with the same Message-ID and the same link', async () => {
  let lost = 1;
  world.server.behave = () => {
    if (lost === 0) return 'take';
    return 'lose answer';
  };
  await world.forget(CONTOSO);
  const first = await world.mailTo(CONTOSO, 1);
  lost = 0;
  const second = await world.mailTo(CONTOSO, 2);
  expect([second.messageId, second.token]).toEqual([first.messageId, first.token]);
  await one(CONTOSO, 'SENT');
});

test('an outage of the mail server delays mails: each arrives once', async () => {
  const { gateway, server } = world;
  await server.down();
  const people = ['buyer@northwind.example', CONTOSO, 'sales@skyline.example', 'sales@harbor.example'];
  for (const email of people) {
    await world.forget(email);
    await world.forget(email);
  }
  const pending = () => world.mails({ states: ['PENDING'] });
  await until(async () => (await pending()).some(({ error }) => error !== null), {
    what: 'a mail has failed',
  });
  expect(await pending()).toHaveLength(8);
  // Nothing else waits for the mail server.
  expect((await signIn(gateway, CONTOSO)).errors).toEqual([]);
  await server.up();
  await world.delivered();
  expect(server.mails.map(({ to }) => to).sort()).toEqual([...people, ...people].sort());
  expect(new Set(server.mails.map(({ messageId }) => messageId)).size).toBe(8);
});

test('an outage under load, in two processes: every mail arrives, once', async () => {
  const { gateway, server } = world;
  const other = await startOn(gateway.settings);
  const load = async (count: number, from: number) => {
    for (let nth = from; nth < from + count; nth += 1) {
      const { db } = (nth % 2 ? other : gateway.app).deps;
      const facts = { number: `ORD-${nth}`, account: 'Contoso' };
      await db.transaction(tx =>
        enqueueMail(tx, { template: 'order-completed', facts, to: `p${nth}@x.example` }),
      );
    }
  };
  try {
    const first = load(100, 0);
    await until(() => server.mails.length > 10, { what: 'some mails have arrived' });
    await server.down();
    await Promise.all([first, load(200, 100)]);
    expect(server.mails.length).toBeLessThan(300);
    await server.up();
    await until(async () => (await world.mails({ states: ['PENDING'] })).length === 0, {
      what: 'no mail is pending',
      withinMs: 60_000,
    });
    const arrived = server.mails.map(({ to }) => to);
    expect(new Set(arrived).size).toBe(300);
    // The outage can take away an answer: such a mail comes again with its Message-ID, one for each delivery in progress.
    expect(new Set(server.mails.map(({ messageId }) => messageId)).size).toBe(300);
    expect(arrived.length).toBeLessThanOrEqual(300 + 16);
  } finally {
    await other.stop();
  }
}, 90_000);

test.each(['hang', 'drip'] as const)(
  'a server that does %s for one address delays no other mail',
  async how => {
    const { gateway, server } = world;
    const stuck = 'buyer@northwind.example';
    server.behave = to => (to === stuck ? how : 'take');
    await world.forget(stuck);
    await until(() => server.connections > 0);
    await world.forget(CONTOSO);
    await one(CONTOSO, 'SENT');
    expect((await signIn(gateway, stuck)).errors).toEqual([]);
    const error = await found(async () => (await world.mails({ to: stuck }))[0]?.error ?? undefined);
    expect(error).toBe('The mail server did not finish within 1 seconds.');
  },
);

test('a server that does not greet is given up on, and the mail is retried', async () => {
  world.server.greet = 'silent';
  await world.forget(CONTOSO);
  await found(async () => (await world.mails({ to: CONTOSO }))[0]?.error ?? undefined);
  world.server.greet = 'greet';
  await one(CONTOSO, 'SENT');
  expect(world.server.mails).toHaveLength(1);
});

test('mails are for administrators, and filtered by state and recipient', async () => {
  const { gateway } = world;
  await world.forget(CONTOSO);
  await world.forget('sales@skyline.example');
  await world.delivered();
  const [{ id }] = (await world.mails({ to: CONTOSO })) as [{ id: string }];
  expect(await world.mails()).toHaveLength(2);
  expect(await world.mails({ states: ['FAILED'] })).toEqual([]);
  for (const email of ['manager@bss.example', CONTOSO]) {
    const { data } = await gateway.send(
      await gateway.token(email),
      'query ($id: ID!) { node(id: $id) { id } }',
      { id },
    );
    expect(data.node).toBeNull();
  }
});

test('old mails are removed after the retention period', async () => {
  const { gateway } = world;
  await world.forget(CONTOSO);
  await world.forget('sales@skyline.example');
  await world.delivered();
  await gateway.rows('UPDATE mails SET createdAt = NOW(3) - INTERVAL 91 DAY WHERE `to` = ?', [CONTOSO]);
  const cutoff = new Date(Date.now() - 90 * 24 * 3_600_000);
  expect(await removeOldMails(gateway.app.deps.db, cutoff)).toBe(false);
  expect((await world.mails()).map(({ to }) => to)).toEqual(['sales@skyline.example']);
});
