import { DEMO_PASSWORD_HASH } from '../../dev/demo-data/people';
import { Role } from '../../src/entities';
import { createUser } from '../../src/services/identity/create-user';
import { addonsOf } from '../support/abandoned';
import { type BackOffice, startBackOffice, tally } from '../support/back-office';
import { product } from '../support/catalog';
import { newAccount } from '../support/desk';
import { codes } from '../support/errors';
import { type Call, isInOrder, type Name, pairsOf, situations } from '../support/life/situations';
import { ENDPOINTS } from '../support/machines/world';
import { clearLedger, faults, ledger, refuse } from '../support/provider/of-gateway';
import { simulatorAt } from '../support/provider/simulator';
import { startSample } from '../support/sample';

jest.setTimeout(120_000);

/** Each pair of the sample is raced so often. `npm run test:nightly` is the long form. */
const ROUNDS = Number(process.env.ROUNDS ?? 1);
const sample = startSample('races of a life');

let office: BackOffice;
let gateway: BackOffice['gateway'];
let who: BackOffice['who'];
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
});
afterAll(() => office.stop());

/** Objects of the calls of a race. */
interface Subject {
  subscriptionId: string;
  orderId: string;
  changeId: string;
  requestId: string;
  operationId: string;
}

const ids = { changeId: '', requestId: '', operationId: '' };
let accounts = 0;

/** A customer with a user, an active subscription, and an order of add-ons that is not executed yet. */
async function customer() {
  accounts += 1;
  const nth = accounts;
  const { id, name } = await newAccount(gateway.rows, `Racing ${nth}`);
  const user = { name, email: `${nth}@racing.example`, accountId: id, roles: [Role.CUSTOMER] };
  await gateway.app.deps.db.transaction(tx => createUser(tx, { ...user, passwordHash: DEMO_PASSWORD_HASH }));
  const line = { productId: product('IC-BASE-1TB'), addons: addonsOf({ 'IC-ADD-1TB': 2 }) };
  const { lines } = await who.manager.provisioned(id, line);
  const subscriptionId = lines[0].subscription.id as string;
  const more = { subscriptionId, addons: addonsOf({ 'IC-ADD-5TB': 1 }) };
  const { id: orderId } = await who.manager.placed(id, more);
  return { name, buyer: office.person(user.email), subject: { ...ids, subscriptionId, orderId } as Subject };
}
type Customer = Awaited<ReturnType<typeof customer>>;

async function done<T extends { errors: unknown[] }>(answer: Promise<T>): Promise<T> {
  const payload = await answer;
  expect(payload.errors).toEqual([]);
  return payload;
}

/** The buyer asks for less, which the distributor decides on. */
async function askForLess({ buyer, subject }: Customer): Promise<void> {
  const less = { subscriptionId: subject.subscriptionId, addons: addonsOf({ 'IC-ADD-1TB': 1 }) };
  subject.changeId = (await done(buyer.change(less))).subscriptionChange.id;
}

/** Makes the operation fail that a call begins. */
async function failing({ name, subject }: Customer, endpoint: string, call: () => Promise<any>) {
  await faults(gateway, refuse(endpoint, { recipient: name }));
  const payload = await done(call());
  await gateway.settled();
  const { operations } = await who.manager.seeSubscription(subject.subscriptionId);
  expect(operations.at(-1).state).toBe('FAILED');
  subject.operationId = operations.at(-1).id;
  return payload;
}

async function suspend({ subject: { subscriptionId } }: Customer): Promise<void> {
  await done(who.manager.suspend({ subscriptionId, reason: 'Unpaid' }));
  await gateway.settled();
}

/** Preparation of each situation, from a customer with an active subscription. */
const ways: Record<Name, (customer: Customer) => Promise<unknown>> = {
  active: async () => undefined,
  suspended: suspend,
  'with a change that awaits a decision': askForLess,
  async 'suspended with a change that awaits a decision'(it) {
    await askForLess(it);
    await suspend(it);
  },
  async 'with a change that has failed'(it) {
    const { subject } = it;
    const larger = { subscriptionId: subject.subscriptionId, productId: product('IC-BASE-5TB') };
    const call = () => who.manager.change(larger);
    const { subscriptionChange } = await failing(it, 'subscriptions/upgradedowngrade', call);
    subject.changeId = subscriptionChange.id;
  },
  async 'with a cancellation that awaits a decision'(it) {
    await askForLess(it);
    await done(it.buyer.withdrawChange({ changeId: it.subject.changeId }));
    it.subject.requestId = (await it.buyer.requested(it.subject.subscriptionId)).id;
  },
  async 'with a cancellation that has failed'(it) {
    const call = () => who.manager.request({ subscriptionId: it.subject.subscriptionId });
    it.subject.requestId = (await failing(it, 'subscriptions/cancel', call)).cancellationRequest.id;
  },
  'with a suspension that has failed': it =>
    failing(it, 'subscriptions/suspend', () =>
      who.manager.suspend({ subscriptionId: it.subject.subscriptionId, reason: 'Unpaid' }),
    ),
};

type Staff = BackOffice['who']['manager'];

const calls: Record<Call, (staff: Staff, subject: Subject) => Promise<{ errors: { code: string }[] }>> = {
  change: (staff, { subscriptionId }) => staff.change({ subscriptionId, productId: product('IC-BASE-10TB') }),
  'accept change': (staff, { changeId }) => staff.decideChange({ changeId, decision: 'ACCEPT' }),
  'withdraw change': (staff, { changeId }) => staff.withdrawChange({ changeId }),
  cancel: (staff, { subscriptionId }) => staff.request({ subscriptionId }),
  'accept cancellation': (staff, { requestId }) => staff.decide({ requestId, decision: 'ACCEPT' }),
  suspend: (staff, { subscriptionId }) => staff.suspend({ subscriptionId, reason: 'Unpaid' }),
  resume: (staff, { subscriptionId }) => staff.resume({ subscriptionId }),
  retry: (staff, { operationId }) => staff.retry({ operationId }),
  abandon: (staff, { operationId }) => staff.abandon({ operationId }),
  execute: (staff, { orderId }) => staff.execute({ orderId }),
};

/** Twenty calls at once, ten of each in turn, by two users. What each said, by call. */
async function atOnce(
  one: Call,
  other: Call,
  subject: Subject,
): Promise<Record<Call, Record<string, number>>> {
  const said: Partial<Record<Call, string[]>> = {};
  await Promise.all(
    Array.from({ length: 20 }, async (_, nth) => {
      const call = nth % 2 === 0 ? one : other;
      const answer = await calls[call](who[nth % 3 === 0 ? 'admin' : 'manager'], subject);
      said[call] = [...(said[call] ?? []), codes(answer).join(' ') || 'done'];
    }),
  );
  return Object.fromEntries(Object.entries(said).map(([call, all]) => [call, tally(all)])) as never;
}

/** Shows that the provider did what was begun once, and that the records are the same as the provider's. */
async function expectAgreement({ subscriptionId }: Subject): Promise<void> {
  const subscription = await who.manager.seeSubscription(subscriptionId);
  const held = await simulatorAt(gateway.simulator.url).holding(subscriptionId);
  const addons = subscription.addons.map(({ addon, quantity }: any) => [addon.sku, quantity]);
  const state = subscription.state === 'PENDING_CANCELLATION' ? 'ACTIVE' : subscription.state;
  const recorded = { state, productId: subscription.product.sku, addons: Object.fromEntries(addons) };
  const ended = { state, productId: subscription.product.sku, addons: {} };
  expect(held).toMatchObject(state === 'CANCELLED' ? ended : recorded);
  const effects = (await ledger(gateway)).effects.filter(({ subject }) => subject === subscriptionId);
  expect(effects.filter(({ count }) => count !== 1)).toEqual([]);
}

/** Races pairs, each on a subscription of its own, while the provider keeps what is begun from ending. */
async function race(name: Name, pairs: [Call, Call][]): Promise<void> {
  const customers = await Promise.all(pairs.map(customer));
  await Promise.all(customers.map(each => ways[name](each)));
  await gateway.settled();
  await clearLedger(gateway);
  for (const endpoint of ENDPOINTS) office.proxy.hold(endpoint);
  const wrong: object[] = [];
  for (const [index, [one, other]] of pairs.entries()) {
    const said = await atOnce(one, other, (customers[index] as Customer).subject);
    if (!isInOrder(name, one, other, said)) wrong.push({ one, other, said });
  }
  office.proxy.release();
  await gateway.settled();
  expect(wrong).toEqual([]);
  for (const { subject } of customers) await expectAgreement(subject);
}

describe.each(Object.keys(situations) as Name[])('a subscription %s', name => {
  test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    'answers ten and ten calls at once as if they came one after the other (round %i)',
    async round => {
      await race(
        name,
        sample
          .of(pairsOf(name), ([one]) => one)
          .map(([one, other]) => (round % 2 === 0 ? [one, other] : [other, one])),
      );
    },
  );
});

test('every new mutation is raced against every other', () => {
  const raced = new Set(
    (Object.keys(situations) as Name[])
      .flatMap(pairsOf)
      .flatMap(([one, other]) => [`${one}, ${other}`, `${other}, ${one}`]),
  );
  const added: Call[] = ['change', 'accept change', 'withdraw change', 'suspend', 'resume', 'abandon'];
  const before: Call[] = ['retry', 'cancel', 'accept cancellation', 'execute'];
  const missing = added.flatMap(one =>
    [...added, ...before].filter(other => !raced.has(`${one}, ${other}`)).map(other => `${one}, ${other}`),
  );
  expect(missing).toEqual([]);
});
