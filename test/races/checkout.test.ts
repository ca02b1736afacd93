import { accountId, userId } from '../../dev/demo-data';
import { Role } from '../../src/entities';
import { createUser } from '../../src/services/identity/create-user';
import { type Person, people, person, tally } from '../support/back-office';
import { addon, keepCatalog, product, type TestCatalog } from '../support/catalog';
import { ALPINE, NORTHWIND, STORAGE } from '../support/demo';
import { codes } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { effects } from '../support/provider/of-gateway';
import { newKey } from '../support/shop';
import { counts } from '../support/tables';
import { elapse } from '../support/until';

const ROUNDS = 10;
const AT_ONCE = 20;

jest.setTimeout(120_000);

let gateway: TestGateway;
let catalog: TestCatalog;
let customer: Person;
let colleague: Person;
let reseller: Person;
let partner: Person;
let manager: Person;
beforeAll(async () => {
  gateway = await startTestGateway();
  catalog = await keepCatalog(gateway);
  ({ buyer: customer, reseller, manager } = people(gateway));
  colleague = await secondUser('second@northwind.example', Role.CUSTOMER, NORTHWIND);
  partner = await secondUser('second@skyline.example', Role.RESELLER, accountId('Skyline IT'));
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  await gateway.reset();
  await catalog.restore();
});

/** Another user of a demo account, with the same password. */
async function secondUser(email: string, role: Role, account: string): Promise<Person> {
  const { db } = gateway.app.deps;
  const [{ passwordHash } = { passwordHash: '' }] = await gateway.rows<{ passwordHash: string }>(
    'SELECT passwordHash FROM users WHERE id = ?',
    [userId('buyer@northwind.example')],
  );
  await db.transaction(tx =>
    createUser(tx, { name: 'Second', email, roles: [role], passwordHash, accountId: account }),
  );
  return person(gateway, email);
}

/** Repeats a race until it means something; each time on a gateway that has forgotten the last. */
function race(name: string, round: () => Promise<void>): void {
  test(`${name}, ${ROUNDS} times over`, async () => {
    for (let n = 0; n < ROUNDS; n += 1) {
      if (n > 0) await gateway.reset();
      await round();
    }
  });
}

const atOnce = <T>(act: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, n) => act(n)));

/** A basket of `who` that is ready for checkout; resolves to its id. */
async function readyBasket(who: Person, line: object, recipientId?: string): Promise<string> {
  expect((await who.add(line)).errors).toEqual([]);
  if (recipientId) expect((await who.choose({ accountId: recipientId })).errors).toEqual([]);
  const { basket, errors } = await who.confirm();
  expect([errors, basket.step]).toEqual([[], 'COMPLETE']);
  return basket.id;
}

/** One order, one subscription and what belongs to them, here and at the provider. */
async function oneOfEach() {
  await gateway.settled();
  expect(
    await counts(gateway, 'orders', 'order_lines', 'subscriptions', 'operations', 'cancellation_requests'),
  ).toEqual({ orders: 1, order_lines: 1, subscriptions: 1, operations: 1, cancellation_requests: 0 });
  expect(await gateway.rows('SELECT state FROM subscriptions')).toEqual([{ state: 'ACTIVE' }]);
  expect((await effects(gateway)).filter(effect => effect.startsWith('subscription.'))).toEqual([
    'subscription.created IC-BASE-1TB=1 ×1',
  ]);
}

describe('twenty checkouts of one basket at once', () => {
  const make =
    (keys: (n: number) => string, apartMs = 0) =>
    async () => {
      const basketId = await readyBasket(customer, STORAGE);
      const answers = await atOnce(async n => {
        await elapse(n * apartMs, 'the calls are some milliseconds apart');
        return customer.checkout({ basketId, idempotencyKey: keys(n) });
      });
      const [{ order: first }] = answers;
      expect(first.recipient.name).toBe('Northwind Traders');
      expect(answers.map(answer => [answer.errors, answer.order?.id])).toEqual(
        answers.map(() => [[], first.id]),
      );
      await oneOfEach();
      expect(
        await gateway.rows(
          'SELECT state, COUNT(*) AS n FROM baskets WHERE userId = ? GROUP BY state ORDER BY state',
          [userId('buyer@northwind.example')],
        ),
      ).toEqual([
        { state: 'CHECKED_OUT', n: 1 },
        { state: 'OPEN', n: 1 },
      ]);
      const [{ keysTaken } = { keysTaken: -1 }] = await gateway.rows<{ keysTaken: number }>(
        'SELECT COUNT(*) AS keysTaken FROM idempotency_keys WHERE resultId = ?',
        [first.id],
      );
      expect(keysTaken).toBe(new Set(answers.map((_, n) => keys(n))).size);
    };

  race('under different keys make one order, which every answer names', () => {
    const mine = newKey();
    return make(n => `${mine} ${n}`)();
  });

  race('that come shortly after one another make one order, which every answer names', () => {
    const mine = newKey();
    return make(n => `${mine} ${n}`, 5)();
  });

  race('under one key make one order, which every answer names', () => {
    const mine = newKey();
    return make(() => mine)();
  });
});

describe('two users who check out for one customer at once', () => {
  const both = (one: Person, other: Person, recipientId?: string) => async () => {
    const baskets = [
      await readyBasket(one, STORAGE, recipientId),
      await readyBasket(other, STORAGE, recipientId),
    ];
    const answers = await Promise.all(
      [one, other].map((who, n) => who.checkout({ basketId: baskets[n], idempotencyKey: newKey() })),
    );
    await oneOfEach();
    const [subscription] = await gateway.rows('SELECT id FROM subscriptions');
    const [winner, loser] = answers[0].order ? answers : answers.toReversed();
    expect([winner.errors, winner.order.lines[0].subscription.id]).toEqual([[], subscription?.id]);
    expect(loser).toMatchObject({
      order: null,
      errors: [
        {
          __typename: 'ActiveSubscriptionExistsError',
          code: 'ACTIVE_SUBSCRIPTION_EXISTS',
          path: ['lines', '0', 'productId'],
          subscription: { id: subscription?.id },
        },
      ],
    });
    expect(loser.errors).toHaveLength(1);
    // Whoever was refused still has the basket.
    expect(await counts(gateway, 'basket_lines', 'idempotency_keys')).toEqual({
      basket_lines: 2,
      idempotency_keys: 1,
    });
  };

  race('as users of that customer start one subscription; the other is told which', () =>
    both(customer, colleague)(),
  );
  race('as users of its reseller start one subscription; the other is told which', () =>
    both(reseller, partner, ALPINE)(),
  );

  race(
    'with add-ons for one subscription have them one after the other, or are told that it is busy',
    async () => {
      const subscriptionId = await manager.liveSubscription(ALPINE);
      const line = { subscriptionId, addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 60 }] };
      const baskets = [await readyBasket(reseller, line, ALPINE), await readyBasket(partner, line, ALPINE)];
      const answers = await Promise.all(
        [reseller, partner].map((who, n) => who.checkout({ basketId: baskets[n], idempotencyKey: newKey() })),
      );
      const [winner, loser] = answers[0].order ? answers : answers.toReversed();
      expect(winner.errors).toEqual([]);
      expect(loser.order).toBeNull();
      // Busy while the first is provisioned, over the limit of 100 after it.
      expect(['SUBSCRIPTION_BUSY', 'QUANTITY_LIMIT']).toContain(codes(loser)[0]);
      await gateway.settled();
      expect(await gateway.rows('SELECT quantity FROM subscription_addons')).toEqual([{ quantity: 60 }]);
    },
  );

  race('and the end of the subscription at once never have both', async () => {
    const subscriptionId = await manager.liveSubscription(ALPINE);
    const line = { subscriptionId, addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 1 }] };
    const basketId = await readyBasket(reseller, line, ALPINE);
    const [bought, ending] = await Promise.all([
      reseller.checkout({ basketId, idempotencyKey: newKey() }),
      partner.request({ subscriptionId }),
    ]);
    await gateway.settled();
    const outcome = [bought, ending].map(answer => codes(answer)[0] ?? 'done');
    // The end may also be asked for when the add-ons are there already.
    expect([
      ['done', 'SUBSCRIPTION_BUSY'],
      ['CANCELLATION_ALREADY_REQUESTED', 'done'],
      ['done', 'done'],
    ]).toContainEqual(outcome);
    const [{ overlapping } = { overlapping: -1 }] = await gateway.rows<{ overlapping: number }>(
      `SELECT COUNT(*) AS overlapping FROM operations o JOIN cancellation_requests r ON r.subscriptionId = o.subscriptionId
       WHERE o.kind = 'ADD_ADDONS' AND o.finishedAt > r.requestedAt`,
    );
    expect(overlapping).toBe(0);
  });
});

describe('twenty concurrent additions to one basket', () => {
  race('are twenty lines where the service allows several, and nothing is lost', async () => {
    const answers = await atOnce(n =>
      reseller.add({ productId: product('CB-WORKSTATION'), quantity: n + 1, friendlyName: `Desk ${n}` }),
    );
    expect(answers.map(answer => answer.errors)).toEqual(answers.map(() => []));
    // Every answer shows a version of its own.
    expect(answers.map(answer => answer.basket.version).sort((a, b) => a - b)).toEqual(
      answers.map((_, n) => n + 2),
    );
    const { lines, version, total } = await reseller.basket();
    expect([lines.length, version, total.amount]).toEqual([AT_ONCE, AT_ONCE + 1, '756.00']);
    expect(lines.map((line: any) => `${line.friendlyName} ${line.quantity}`).sort()).toEqual(
      answers.map((_, n) => `Desk ${n} ${n + 1}`).sort(),
    );
    const positions = await gateway.rows<{ position: number }>(
      'SELECT position FROM basket_lines ORDER BY position',
    );
    expect(positions.map(row => row.position)).toEqual(answers.map((_, n) => n + 1));
  });

  race('are one line where the service allows one subscription, and nineteen are told so', async () => {
    const answers = await atOnce(() => reseller.add(STORAGE));
    expect(tally(answers.map(answer => codes(answer).join() || 'done'))).toEqual({
      done: 1,
      DUPLICATE_SERVICE_IN_BASKET: 19,
    });
    const { lines, version } = await reseller.basket();
    expect([lines.length, version]).toEqual([1, 2]);
  });

  race('from one version are one change, and nineteen are told the version that is', async () => {
    const answers = await atOnce(() => reseller.add({ productId: product('CB-SERVER'), expectedVersion: 1 }));
    expect(tally(answers.map(answer => codes(answer).join() || 'done'))).toEqual({
      done: 1,
      VERSION_CONFLICT: 19,
    });
    expect(answers.flatMap(answer => answer.errors.map((error: any) => error.currentVersion))).toEqual(
      Array(19).fill(2),
    );
    expect((await reseller.basket()).lines).toHaveLength(1);
  });

  race('are there while the catalog changes', async () => {
    const act = (n: number) => reseller.add({ productId: product('CB-SERVER'), friendlyName: `${n}` });
    const [answers] = await Promise.all([
      atOnce(act),
      catalog.change(tx => tx.execute('UPDATE prices SET unitMinor = unitMinor + 1')),
      catalog.change(tx => tx.execute('UPDATE prices SET unitMinor = unitMinor - 1')),
    ]);
    expect(answers.map(answer => answer.errors)).toEqual(answers.map(() => []));
    expect((await reseller.basket()).lines).toHaveLength(AT_ONCE);
  });
});

race('a checkout and a change of its basket at once: what is ordered is what was confirmed', async () => {
  const basketId = await readyBasket(reseller, STORAGE, ALPINE);
  const [bought, added] = await Promise.all([
    reseller.checkout({ basketId, idempotencyKey: newKey() }),
    reseller.add({ productId: product('CB-SERVER') }),
  ]);
  await gateway.settled();
  const ordered = await gateway.rows('SELECT productId FROM order_lines');
  const [waiting] = await gateway.rows('SELECT COUNT(*) AS n FROM basket_lines WHERE productId = ?', [
    product('CB-SERVER'),
  ]);
  expect([added.errors, waiting?.n]).toEqual([[], 1]);
  if (bought.order) {
    // The line went into the next basket.
    expect([bought.errors, ordered]).toEqual([[], [{ productId: STORAGE.productId }]]);
    expect((await reseller.basket()).lines.map((line: any) => line.product.sku)).toEqual(['CB-SERVER']);
  } else {
    expect([codes(bought), ordered]).toEqual([['BILLING_NOT_CONFIRMED'], []]);
  }
});
