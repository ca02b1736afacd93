import { administrator } from '../support/administrator';
import { newKey } from '../support/api-keys';
import { type BackOffice, type Person, person, startBackOffice } from '../support/back-office';
import { product } from '../support/catalog';
import { ALPINE, MANAGER, NORTHWIND, RESELLER } from '../support/demo';
import { codes, codesWithPaths } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { watch } from '../support/live';
import { clearLedger, effects } from '../support/provider/of-gateway';
import { writingNothing } from '../support/tables';

const END_CUSTOMER = 'ada@alpine.example';
/** Another user of its account. */
const COLLEAGUE = 'bob@alpine.example';
/** A service whose cancellations the distributor decides, and one whose cancellations need no decision. */
const SERVICES = { REQUIRES_DECISION: 'IC-BASE-1TB', AUTOMATIC: 'CB-SERVER' } as const;
type Policy = keyof typeof SERVICES;
const ACCOUNTS = { direct: NORTHWIND, 'of a reseller': ALPINE } as const;

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'] & { endCustomer: Person; colleague: Person };
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway } = office);
  const ada = { accountId: ALPINE, name: 'Ada', email: END_CUSTOMER, roles: ['CUSTOMER'] };
  await administrator(gateway).does('createUser', ada);
  const bob = { accountId: ALPINE, name: 'Bob', email: COLLEAGUE, roles: ['CUSTOMER'] };
  await administrator(gateway).does('createUser', bob);
  who = {
    ...office.who,
    endCustomer: person(gateway, END_CUSTOMER),
    colleague: person(gateway, COLLEAGUE),
  };
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

type Name = keyof typeof who;

/** A live subscription of an account to the service of a policy; resolves to its id. */
async function live(policy: Policy, account = ALPINE): Promise<string> {
  const order = await who.admin.provisioned(account, { productId: product(SERVICES[policy]) });
  await clearLedger(gateway);
  return order.lines[0].subscription.id;
}

/** A request of the end customer for its subscription. */
async function requested(policy: Policy, by: Name = 'endCustomer') {
  const subscriptionId = await live(policy);
  const request = await who[by].requested(subscriptionId);
  return { subscriptionId, requestId: request.id as string };
}

const eventsOf = async (requestId: string) => {
  const sql = `SELECT type FROM events WHERE requestId = ? AND type LIKE 'cancellation.%' ORDER BY id`;
  return (await gateway.rows(sql, [requestId])).map(({ type }) => type.replace('cancellation.', ''));
};
const ended = (policy: Policy) => [`subscription.cancelled ${SERVICES[policy]} ×1`];

describe('a request of', () => {
  test.each<[Name, keyof typeof ACCOUNTS, Policy, string | null]>([
    ['manager', 'direct', 'AUTOMATIC', null],
    ['manager', 'direct', 'REQUIRES_DECISION', null],
    ['manager', 'of a reseller', 'AUTOMATIC', null],
    ['manager', 'of a reseller', 'REQUIRES_DECISION', null],
    ['admin', 'direct', 'AUTOMATIC', null],
    ['admin', 'of a reseller', 'REQUIRES_DECISION', null],
    ['reseller', 'of a reseller', 'AUTOMATIC', null],
    ['reseller', 'of a reseller', 'REQUIRES_DECISION', 'DISTRIBUTOR'],
    ['endCustomer', 'of a reseller', 'AUTOMATIC', 'RESELLER'],
    ['endCustomer', 'of a reseller', 'REQUIRES_DECISION', 'RESELLER'],
    ['buyer', 'direct', 'AUTOMATIC', null],
    ['buyer', 'direct', 'REQUIRES_DECISION', 'DISTRIBUTOR'],
  ])(
    'the %s for a customer (%s) to a service that is %s awaits %s',
    async (name, account, policy, awaiting) => {
      const subscriptionId = await live(policy, ACCOUNTS[account]);
      const request = await who[name].requested(subscriptionId);
      await gateway.settled();
      const now = await who[name].seeRequest(request.id);
      if (awaiting) {
        expect(now).toMatchObject({ state: 'PENDING', awaiting, version: 1, decidedAt: null });
        expect(await eventsOf(request.id)).toEqual(['requested']);
        expect(await effects(gateway)).toEqual([]);
      } else {
        expect(now).toMatchObject({ state: 'COMPLETED', awaiting: null, version: 3, decidedBy: null });
        expect(await eventsOf(request.id)).toEqual(['requested', 'accepted', 'completed']);
        expect(await effects(gateway)).toEqual(ended(policy));
      }
    },
  );
});

describe('a request that awaits the reseller', () => {
  test.each<[Name, Policy]>([
    ['reseller', 'AUTOMATIC'],
    ['manager', 'AUTOMATIC'],
    ['manager', 'REQUIRES_DECISION'],
    ['admin', 'REQUIRES_DECISION'],
  ])('is accepted by the %s for good (%s)', async (name, policy) => {
    const { requestId } = await requested(policy);
    const { errors } = await who[name].decide({ requestId, decision: 'ACCEPT', note: 'Fine' });
    expect(errors).toEqual([]);
    await gateway.settled();
    const { email } = (await who[name].send('{ viewer { email } }')).data.viewer;
    const request = await who.endCustomer.seeRequest(requestId);
    expect(request).toMatchObject({ state: 'COMPLETED', awaiting: null, decisionNote: 'Fine' });
    expect((await who.admin.seeRequest(requestId)).decidedBy).toEqual({ email });
    expect(await eventsOf(requestId)).toEqual(['requested', 'accepted', 'completed']);
    expect(await effects(gateway)).toEqual(ended(policy));
  });

  test.each<[Name, Policy]>([
    ['reseller', 'AUTOMATIC'],
    ['reseller', 'REQUIRES_DECISION'],
    ['manager', 'AUTOMATIC'],
    ['manager', 'REQUIRES_DECISION'],
  ])('is rejected by the %s for good (%s)', async (name, policy) => {
    const { subscriptionId, requestId } = await requested(policy);
    const rejected = await who[name].decide({ requestId, decision: 'REJECT' });
    expect(rejected).toMatchObject({
      errors: [],
      cancellationRequest: { state: 'REJECTED', awaiting: null },
    });
    await writingNothing(gateway, async () => {
      for (const decider of ['reseller', 'manager'] as const) {
        const late = await who[decider].decide({ requestId, decision: 'ACCEPT' });
        expect(codesWithPaths(late)).toEqual(['INVALID_STATE requestId']);
      }
    });
    expect((await who.endCustomer.seeSubscription(subscriptionId)).state).toBe('ACTIVE');
    expect(await eventsOf(requestId)).toEqual(['requested', 'rejected']);
    expect(await effects(gateway)).toEqual([]);
  });

  test.each(['ACCEPT', 'REJECT'])(
    'awaits the distributor once the reseller accepts, whose %s is final',
    async decision => {
      const { requestId } = await requested('REQUIRES_DECISION');
      const input = { requestId, decision: 'ACCEPT', note: 'Paid up', idempotencyKey: 'the same' };
      const forwarded = await who.reseller.decide(input);
      const passed = { state: 'PENDING', awaiting: 'DISTRIBUTOR', version: 2, decisionNote: 'Paid up' };
      expect(forwarded).toMatchObject({
        errors: [],
        cancellationRequest: { ...passed, decidedBy: null, decidedAt: null },
      });
      expect(await eventsOf(requestId)).toEqual(['requested', 'forwarded']);
      await writingNothing(gateway, async () => {
        expect((await who.reseller.decide(input)).cancellationRequest).toMatchObject(passed);
        for (const again of ['ACCEPT', 'REJECT']) {
          const { errors } = await who.reseller.decide({ requestId, decision: again });
          expect(errors).toMatchObject([
            {
              code: 'FORBIDDEN',
              path: ['requestId'],
              message: 'The account manager decides on this request.',
            },
          ]);
        }
      });
      expect(await effects(gateway)).toEqual([]);
      expect(codes(await who.manager.decide({ requestId, decision, expectedVersion: 2 }))).toEqual([]);
      await gateway.settled();
      const accepted = decision === 'ACCEPT';
      expect(await who.endCustomer.seeRequest(requestId)).toMatchObject({
        ...{ state: accepted ? 'COMPLETED' : 'REJECTED', awaiting: null, decisionNote: null },
      });
      expect(await eventsOf(requestId)).toEqual([
        ...['requested', 'forwarded'],
        ...(accepted ? ['accepted', 'completed'] : ['rejected']),
      ]);
      expect(await effects(gateway)).toEqual(accepted ? ended('REQUIRES_DECISION') : []);
    },
  );

  test.each<[Name, string]>([
    ['endCustomer', 'FORBIDDEN'],
    ['buyer', 'FORBIDDEN'],
    ['otherReseller', 'NOT_FOUND requestId'],
    ['otherManager', 'NOT_FOUND requestId'],
  ])('is not decided by the %s: %s', async (name, refusal) => {
    const { requestId } = await requested('REQUIRES_DECISION');
    await writingNothing(gateway, async () => {
      for (const decision of ['ACCEPT', 'REJECT'])
        expect(codesWithPaths(await who[name].decide({ requestId, decision }))).toEqual([refusal]);
    });
  });

  test('can be withdrawn by the end customer, also once it awaits the distributor', async () => {
    const { requestId } = await requested('REQUIRES_DECISION');
    expect(codes(await who.endCustomer.withdraw({ requestId }))).toEqual([]);
    const { requestId: second } = await again();
    expect(codes(await who.reseller.decide({ requestId: second, decision: 'ACCEPT' }))).toEqual([]);
    const { cancellationRequest } = await who.endCustomer.withdraw({ requestId: second, expectedVersion: 2 });
    expect(cancellationRequest).toMatchObject({ state: 'WITHDRAWN', awaiting: null });
    expect(await eventsOf(second)).toEqual(['requested', 'forwarded', 'withdrawn']);

    async function again() {
      const [row] = await gateway.rows('SELECT id FROM subscriptions');
      return { requestId: (await who.endCustomer.requested(row?.id)).id as string };
    }
  });

  test('can be withdrawn by a colleague of its requester', async () => {
    const { subscriptionId, requestId } = await requested('REQUIRES_DECISION');
    const { availableActions } = await who.colleague.seeSubscription(subscriptionId);
    expect(availableActions).toContainEqual({
      action: 'WITHDRAW_CANCELLATION',
      allowed: true,
      blockedBy: null,
    });
    const { errors, cancellationRequest } = await who.colleague.withdraw({ requestId });
    expect(errors).toEqual([]);
    expect(cancellationRequest).toMatchObject({ state: 'WITHDRAWN', requestedBy: { email: END_CUSTOMER } });
    expect(await eventsOf(requestId)).toEqual(['requested', 'withdrawn']);
  });

  test('is in the list of those that await the reseller, and then the distributor', async () => {
    const { requestId } = await requested('REQUIRES_DECISION');
    const list = async (name: Name, awaiting: string, states?: string[]) => {
      const query = `query ($filter: CancellationRequestFilter) {
        cancellationRequests(filter: $filter) { nodes { id awaiting } totalCount } }`;
      const { data } = await who[name].send(query, { filter: { awaiting, states } });
      expect(data.cancellationRequests.totalCount).toBe(data.cancellationRequests.nodes.length);
      return data.cancellationRequests.nodes;
    };
    const found = async () => [
      await list('reseller', 'RESELLER'),
      await list('reseller', 'DISTRIBUTOR'),
      await list('manager', 'RESELLER'),
      await list('manager', 'DISTRIBUTOR', ['PENDING']),
      await list('manager', 'RESELLER', ['ACCEPTED']),
      await list('otherReseller', 'RESELLER'),
    ];
    const first = [{ id: requestId, awaiting: 'RESELLER' }];
    expect(await found()).toEqual([first, [], first, [], [], []]);
    await who.reseller.decide({ requestId, decision: 'ACCEPT' });
    const then = [{ id: requestId, awaiting: 'DISTRIBUTOR' }];
    expect(await found()).toEqual([[], then, [], then, [], []]);
    await who.manager.decide({ requestId, decision: 'REJECT' });
    expect(await found()).toEqual([[], [], [], [], [], []]);
  });

  test('is sent to the stream of the reseller when it is opened, forwarded and decided', async () => {
    const subscriptionId = await live('REQUIRES_DECISION');
    const query = `subscription { cancellationUpdates { ... on CancellationSnapshot { requests { id } }
      ... on CancellationUpdate { request { id state awaiting } } } }`;
    const stream = await watch({ gateway, email: RESELLER, query });
    const next = async () => (await stream.next()).cancellationUpdates.request;
    await stream.next();
    const { id } = await who.endCustomer.requested(subscriptionId);
    expect(await next()).toEqual({ id, state: 'PENDING', awaiting: 'RESELLER' });
    await who.reseller.decide({ requestId: id, decision: 'ACCEPT' });
    expect(await next()).toEqual({ id, state: 'PENDING', awaiting: 'DISTRIBUTOR' });
    await who.manager.decide({ requestId: id, decision: 'REJECT' });
    expect(await next()).toEqual({ id, state: 'REJECTED', awaiting: null });
    await stream.stop();
  });

  test('is offered in `availableActions` to those who can decide', async () => {
    const { subscriptionId, requestId } = await requested('REQUIRES_DECISION');
    const blocked = async (name: Name) => {
      const { availableActions } = await who[name].seeSubscription(subscriptionId);
      return availableActions.find(({ action }: any) => action === 'DECIDE_CANCELLATION').blockedBy?.code;
    };
    const all = () => Promise.all((['endCustomer', 'reseller', 'manager', 'admin'] as const).map(blocked));
    expect(await all()).toEqual(['FORBIDDEN', undefined, undefined, undefined]);
    await who.reseller.decide({ requestId, decision: 'ACCEPT' });
    expect(await all()).toEqual(['FORBIDDEN', 'FORBIDDEN', undefined, undefined]);
    await who.manager.decide({ requestId, decision: 'REJECT' });
    expect(await all()).toEqual(['FORBIDDEN', 'INVALID_STATE', 'INVALID_STATE', 'INVALID_STATE']);
  });
});

test.each<[Name, Policy]>([
  ['reseller', 'AUTOMATIC'],
  ['reseller', 'REQUIRES_DECISION'],
  ['manager', 'REQUIRES_DECISION'],
])(
  'a request of the %s (%s) is not withdrawn by the end customer, but by the reseller',
  async (name, policy) => {
    const subscriptionId = await live(policy);
    const { id: requestId } = await who[name].requested(subscriptionId, { timing: 'END_OF_PERIOD' });
    await writingNothing(gateway, async () => {
      for (const user of [who.endCustomer, who.colleague])
        expect(codesWithPaths(await user.withdraw({ requestId }))).toEqual(['FORBIDDEN requestId']);
    });
    const { availableActions } = await who.endCustomer.seeSubscription(subscriptionId);
    expect(availableActions).toContainEqual({
      ...{ action: 'WITHDRAW_CANCELLATION', allowed: false },
      blockedBy: expect.objectContaining({ code: 'FORBIDDEN', path: ['requestId'] }),
    });
    expect(codes(await who.reseller.withdraw({ requestId }))).toEqual([]);
    expect((await who.endCustomer.seeSubscription(subscriptionId)).state).toBe('ACTIVE');
  },
);

test('a request of the account manager is withdrawn by a direct customer', async () => {
  const subscriptionId = await live('REQUIRES_DECISION', NORTHWIND);
  const { id: requestId } = await who.manager.requested(subscriptionId, { timing: 'END_OF_PERIOD' });
  expect(codes(await who.buyer.withdraw({ requestId }))).toEqual([]);
});

test('a request of the reseller is not decided by the reseller', async () => {
  const { requestId } = await requested('REQUIRES_DECISION', 'reseller');
  await writingNothing(gateway, async () => {
    const refused = await who.reseller.decide({ requestId, decision: 'ACCEPT' });
    expect(codesWithPaths(refused)).toEqual(['FORBIDDEN requestId']);
  });
  expect(codes(await who.manager.decide({ requestId, decision: 'ACCEPT' }))).toEqual([]);
  await gateway.settled();
  expect(await effects(gateway)).toEqual(ended('REQUIRES_DECISION'));
});

test('a pending request that the previous version opened awaits the distributor', async () => {
  const { requestId } = await requested('REQUIRES_DECISION');
  await gateway.rows('UPDATE cancellation_requests SET awaiting = DEFAULT');
  expect(await who.reseller.seeRequest(requestId)).toMatchObject({ awaiting: 'DISTRIBUTOR' });
  const refused = await who.reseller.decide({ requestId, decision: 'ACCEPT' });
  expect(codesWithPaths(refused)).toEqual(['FORBIDDEN requestId']);
});

describe('an API key', () => {
  const keyed = async (email: string, ...scopes: string[]) =>
    person((await newKey(gateway, email, scopes)).at, '');

  test('of staff without DECIDE requests what awaits a person, with DECIDE what needs no decision', async () => {
    const subscriptionId = await live('REQUIRES_DECISION');
    const first = await (await keyed(MANAGER, 'CANCEL')).requested(subscriptionId);
    expect(first).toMatchObject({ state: 'PENDING', awaiting: 'DISTRIBUTOR' });
    expect(codes(await who.manager.decide({ requestId: first.id, decision: 'REJECT' }))).toEqual([]);
    await (await keyed(MANAGER, 'CANCEL', 'DECIDE')).requested(subscriptionId);
    await gateway.settled();
    expect((await who.manager.seeSubscription(subscriptionId)).state).toBe('CANCELLED');
  });

  test('of a reseller needs DECIDE for the decision of the reseller, and decides no more than that', async () => {
    const { requestId } = await requested('REQUIRES_DECISION');
    const decision = { requestId, decision: 'ACCEPT' };
    const without = await keyed(RESELLER, 'ORDER', 'CANCEL', 'RENAME', 'CUSTOMERS');
    const refused = await writingNothing(gateway, () => without.decide(decision));
    expect(refused.errors).toMatchObject([
      { code: 'FORBIDDEN', message: 'The API key needs the scope DECIDE.' },
    ]);
    const program = await keyed(RESELLER, 'DECIDE');
    expect((await program.decide(decision)).cancellationRequest).toMatchObject({ awaiting: 'DISTRIBUTOR' });
    await writingNothing(gateway, async () => {
      expect(codesWithPaths(await program.decide(decision))).toEqual(['FORBIDDEN requestId']);
    });
  });
});
