import { escalateRequests } from '../../src/mail';
import { type Administrator, administrator } from '../support/administrator';
import { type BackOffice, people, person } from '../support/back-office';
import { ADMIN, ALPINE, MANAGER, RESELLER, SKYLINE } from '../support/demo';
import { type MailGateway, startMailGateway } from '../support/mails';
import { numbered } from '../support/streams';
import { until } from '../support/until';

const COLLEAGUE = 'colleague@skyline.example';
const END_CUSTOMER = 'ada@alpine.example';
const HOURS = { deputy: 24, administrators: 48 };

let world: MailGateway;
let who: BackOffice['who'];
let admin: Administrator;
beforeEach(async () => {
  world = await startMailGateway();
  who = people(world.gateway);
  admin = administrator(world.gateway);
  const newUser = (email: string, accountId: string, role: string) =>
    admin.does('createUser', { accountId, name: 'New', email, roles: [role] });
  await newUser(COLLEAGUE, SKYLINE, 'RESELLER');
  await newUser(END_CUSTOMER, ALPINE, 'CUSTOMER');
});
afterEach(() => world.stop());

/** A request of an end customer; resolves to its id. */
async function requested(): Promise<string> {
  const subscriptionId = await who.manager.liveSubscription(ALPINE);
  return (await person(world.gateway, END_CUSTOMER).requested(subscriptionId)).id;
}

/** Waits until the events so far are mailed about; resolves to the recipients of mails with this subject, sorted. */
async function mailed(subject: RegExp): Promise<string[]> {
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
  return world.server.mails
    .filter(mail => subject.test(mail.subject))
    .map(({ to }) => to)
    .sort();
}
const OPENED = /^Cancellation of .* requested$/;
const OVERDUE = /waits for a decision$/;
const DECIDED = /(accepted|rejected)$/;

test('a request of an end customer is mailed to the reseller, and to the account manager once that accepts', async () => {
  const requestId = await requested();
  expect(await mailed(OPENED)).toEqual([COLLEAGUE, RESELLER]);
  await who.reseller.decide({ requestId, decision: 'ACCEPT' });
  expect(await mailed(OPENED)).toEqual([COLLEAGUE, MANAGER, RESELLER]);
  expect(await mailed(DECIDED)).toEqual([]);
  await who.manager.decide({ requestId, decision: 'REJECT' });
  expect(await mailed(DECIDED)).toEqual([END_CUSTOMER]);
  expect(await mailed(OPENED)).toEqual([COLLEAGUE, MANAGER, RESELLER]);
});

test('the rejection of the reseller is mailed to the requester', async () => {
  const requestId = await requested();
  await who.reseller.decide({ requestId, decision: 'REJECT', note: 'Not yet' });
  expect(await mailed(DECIDED)).toEqual([END_CUSTOMER]);
});

test('a request whose reseller has nobody who can sign in is mailed to the account manager', async () => {
  await world.gateway.rows('UPDATE users SET deactivatedAt = NOW(3) WHERE accountId = ?', [SKYLINE]);
  await requested();
  expect(await mailed(OPENED)).toEqual([MANAGER]);
});

test('a request of an account manager is not mailed: it needs no decision', async () => {
  await who.manager.requested(await who.manager.liveSubscription(ALPINE));
  expect(await mailed(OPENED)).toEqual([]);
});

describe('a request without a decision', () => {
  const age = (column: 'requestedAt' | 'forwardedAt', hours: number) =>
    world.gateway.rows(`UPDATE cancellation_requests SET ${column} = NOW(3) - INTERVAL ? HOUR`, [hours]);
  /** Sends what is due, as two processes do; resolves to the recipients of all reminders so far. */
  async function reminded(): Promise<string[]> {
    const { db } = world.gateway.app.deps;
    await Promise.all([escalateRequests(db, HOURS), escalateRequests(db, HOURS)]);
    return mailed(OVERDUE);
  }

  test('goes to the reseller after 24 hours, the account manager after 48 and administrators after 72, once each', async () => {
    await requested();
    await age('requestedAt', 23);
    expect(await reminded()).toEqual([]);
    await age('requestedAt', 25);
    expect(await reminded()).toEqual([COLLEAGUE, RESELLER]);
    await age('requestedAt', 49);
    expect(await reminded()).toEqual([COLLEAGUE, MANAGER, RESELLER].sort());
    await age('requestedAt', 73);
    expect(await reminded()).toEqual([ADMIN, COLLEAGUE, MANAGER, RESELLER].sort());
    await age('requestedAt', 1000);
    expect(await reminded()).toEqual([ADMIN, COLLEAGUE, MANAGER, RESELLER].sort());
  });

  test('has the hours of the account manager anew once it is forwarded', async () => {
    const requestId = await requested();
    await age('requestedAt', 49);
    expect(await reminded()).toEqual([COLLEAGUE, MANAGER, RESELLER].sort());
    await who.reseller.decide({ requestId, decision: 'ACCEPT' });
    await age('forwardedAt', 23);
    expect(await reminded()).toHaveLength(3);
    await age('forwardedAt', 25);
    expect(await reminded()).toEqual([COLLEAGUE, MANAGER, MANAGER, RESELLER].sort());
    await age('forwardedAt', 49);
    expect(await reminded()).toEqual([ADMIN, COLLEAGUE, MANAGER, MANAGER, RESELLER].sort());
  });
});
