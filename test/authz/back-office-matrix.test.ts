import { accountId } from '../../dev/demo-data';
import { type BackOffice, type Person, startBackOffice } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { NORTHWIND, STORAGE } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { faults, refuse } from '../support/provider/of-gateway';
import { writingNothing } from '../support/tables';

const BACKUP = { productId: product('CB-SERVER') };
const ADDONS = [{ addonId: addon('IC-ADD-1TB') }];

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];

/** What is acted on: nothing here changes it, so it is made once. */
const ids = {
  account: NORTHWIND,
  active: '',
  ended: '',
  withRequest: '',
  pending: '',
  rejected: '',
  submitted: '',
  cancelled: '',
  failed: '',
  succeeded: '',
};

beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
  const { manager } = who;
  ids.active = await manager.liveSubscription(NORTHWIND);
  ids.rejected = (await who.buyer.requested(ids.active)).id;
  await manager.decide({ requestId: ids.rejected, decision: 'REJECT' });

  const contoso = await manager.provisioned(accountId('Contoso'), STORAGE);
  ids.withRequest = contoso.lines[0].subscription.id;
  ids.succeeded = contoso.operations[0].id;
  ids.pending = (await who.otherBuyer.requested(ids.withRequest)).id;

  ids.ended = (await manager.provisioned(NORTHWIND, BACKUP)).lines[0].subscription.id;
  await manager.requested(ids.ended);
  await gateway.settled();

  ids.submitted = (await manager.placed(NORTHWIND, BACKUP)).id;
  ids.cancelled = (await manager.placed(NORTHWIND, BACKUP)).id;
  await manager.cancelOrder({ orderId: ids.cancelled });

  await faults(gateway, refuse('subscriptions/create'));
  ids.failed = (await manager.provisioned(NORTHWIND, BACKUP)).operations[0].id;
});
afterAll(() => office.stop());

type Who = keyof BackOffice['who'];

interface Row {
  /** The mutation, on the object with this id. */
  call: (person: Person, id: string, more?: object) => Promise<any>;
  object: keyof typeof ids;
  /** Roles that may not, whomever the object belongs to. */
  wrongRoles: Who[];
  /** Those who may, but not this object: for them it is not there. */
  strangers: Who[];
  /** An object of the same kind in a state that does not allow it, and what is said then. */
  wrongState: { object: keyof typeof ids; codes: string[] };
  /** The mutation takes `expectedVersion`. */
  versioned: boolean;
}

const buyers: Who[] = ['otherBuyer', 'reseller', 'otherReseller', 'otherManager'];

const mutations: Record<string, Row> = {
  placeOrder: {
    call: (person, recipientId, more) => person.place({ recipientId, lines: [BACKUP], ...more }),
    object: 'account',
    wrongRoles: ['buyer', 'reseller'],
    strangers: ['otherManager'],
    wrongState: { object: 'account', codes: ['ACTIVE_SUBSCRIPTION_EXISTS'] },
    versioned: false,
  },
  'placeOrder of add-ons': {
    call: (person, subscriptionId) =>
      person.place({ recipientId: NORTHWIND, lines: [{ subscriptionId, addons: ADDONS }] }),
    object: 'active',
    wrongRoles: ['buyer', 'reseller'],
    strangers: ['otherManager'],
    wrongState: { object: 'ended', codes: ['INVALID_STATE', 'ADDON_UNAVAILABLE'] },
    versioned: false,
  },
  executeOrder: {
    call: (person, orderId, more) => person.execute({ orderId, ...more }),
    object: 'submitted',
    wrongRoles: ['buyer', 'reseller'],
    strangers: ['otherManager'],
    wrongState: { object: 'cancelled', codes: ['INVALID_STATE'] },
    versioned: true,
  },
  cancelOrder: {
    call: (person, orderId, more) => person.cancelOrder({ orderId, ...more }),
    object: 'submitted',
    wrongRoles: ['buyer', 'reseller'],
    strangers: ['otherManager'],
    wrongState: { object: 'cancelled', codes: ['INVALID_STATE'] },
    versioned: true,
  },
  requestCancellation: {
    call: (person, subscriptionId, more) => person.request({ subscriptionId, ...more }),
    object: 'active',
    wrongRoles: [],
    strangers: buyers,
    wrongState: { object: 'ended', codes: ['INVALID_STATE'] },
    versioned: false,
  },
  'requestCancellation again': {
    call: (person, subscriptionId, more) => person.request({ subscriptionId, ...more }),
    object: 'withRequest',
    wrongRoles: [],
    strangers: ['buyer', 'reseller', 'otherReseller', 'otherManager'],
    wrongState: { object: 'withRequest', codes: ['CANCELLATION_ALREADY_REQUESTED'] },
    versioned: false,
  },
  withdrawCancellation: {
    call: (person, requestId, more) => person.withdraw({ requestId, ...more }),
    object: 'pending',
    wrongRoles: [],
    strangers: ['buyer', 'reseller', 'otherReseller', 'otherManager'],
    wrongState: { object: 'rejected', codes: ['INVALID_STATE'] },
    versioned: true,
  },
  'decideCancellation to accept': {
    call: (person, requestId, more) => person.decide({ requestId, decision: 'ACCEPT', ...more }),
    object: 'pending',
    wrongRoles: ['otherBuyer'],
    strangers: ['reseller', 'otherReseller', 'otherManager'],
    wrongState: { object: 'rejected', codes: ['INVALID_STATE'] },
    versioned: true,
  },
  'decideCancellation to reject': {
    call: (person, requestId, more) => person.decide({ requestId, decision: 'REJECT', ...more }),
    object: 'pending',
    wrongRoles: ['otherBuyer'],
    strangers: ['reseller', 'otherReseller', 'otherManager'],
    wrongState: { object: 'rejected', codes: ['INVALID_STATE'] },
    versioned: true,
  },
  retryProvisioning: {
    call: (person, operationId, more) => person.retry({ operationId, ...more }),
    object: 'failed',
    wrongRoles: ['buyer', 'reseller'],
    strangers: ['otherManager'],
    wrongState: { object: 'succeeded', codes: ['INVALID_STATE'] },
    versioned: false,
  },
  abandonOperation: {
    call: (person, operationId, more) => person.abandon({ operationId, ...more }),
    object: 'failed',
    wrongRoles: ['buyer', 'reseller'],
    strangers: ['otherManager'],
    wrongState: { object: 'succeeded', codes: ['OPERATION_NOT_FAILED'] },
    versioned: false,
  },
  suspendSubscription: {
    call: (person, subscriptionId, more) => person.suspend({ subscriptionId, ...more }),
    object: 'withRequest',
    wrongRoles: ['buyer', 'reseller'],
    strangers: ['otherManager'],
    wrongState: { object: 'ended', codes: ['INVALID_STATE'] },
    versioned: true,
  },
  renameSubscription: {
    call: (person, subscriptionId, more) =>
      person.rename({ subscriptionId, friendlyName: 'Another', ...more }),
    object: 'active',
    wrongRoles: [],
    strangers: buyers,
    wrongState: { object: 'ended', codes: ['INVALID_STATE'] },
    versioned: true,
  },
};

/** The same id but for its end: one that never was. */
const never = (id: string) => id.replace(/.$/, last => (last === '7' ? '8' : '7'));

describe.each(Object.entries(mutations))(
  '%s',
  (_, { call, object, wrongRoles, strangers, wrongState, versioned }) => {
    if (wrongRoles.length > 0) {
      test.each(wrongRoles)('returns FORBIDDEN to the %s, and writes nothing', async name => {
        const answer = await writingNothing(gateway, () => call(who[name], ids[object]));
        expect(answer.errors).toMatchObject([{ __typename: 'SimpleError', code: 'FORBIDDEN', path: null }]);
      });
    }

    test.each(strangers)('answers the %s as if the id did not exist, and writes nothing', async name => {
      const answer = await writingNothing(gateway, () => call(who[name], ids[object]));
      expect(answer.errors).toMatchObject([{ __typename: 'SimpleError', code: 'NOT_FOUND' }]);
      expect(JSON.stringify(answer)).toBe(JSON.stringify(await call(who[name], never(ids[object]))));
    });

    test('is rejected in another state, and writes nothing', async () => {
      const more = wrongState.object === 'account' ? { lines: [STORAGE] } : {};
      const answer = await writingNothing(gateway, () => call(who.manager, ids[wrongState.object], more));
      expect(codes(answer)).toEqual(wrongState.codes);
    });

    if (!versioned) return;
    test.each([0, 99])('is rejected with the version %i, and writes nothing', async stale => {
      const answer = await writingNothing(gateway, () =>
        call(who.manager, ids[object], { expectedVersion: stale }),
      );
      expect(answer.errors).toMatchObject([
        { __typename: 'VersionConflictError', code: 'VERSION_CONFLICT', path: ['expectedVersion'] },
      ]);
      const current = answer.errors[0].currentVersion;
      expect(await versionOf(object)).toBe(current);
    });
  },
);

async function versionOf(object: keyof typeof ids): Promise<number> {
  const tables = ['orders', 'subscriptions', 'cancellation_requests'];
  for (const table of tables) {
    const [row] = await gateway.rows(`SELECT version FROM ${table} WHERE id = ?`, [ids[object]]);
    if (row) return row.version;
  }
  throw new Error(`${object} has no version`);
}

describe('invalid input', () => {
  const long = 'x'.repeat(1001);
  const cases: [string, (manager: Person) => Promise<any>, string[]][] = [
    [
      'an empty key',
      manager => manager.execute({ orderId: ids.submitted, idempotencyKey: ' ' }),
      ['idempotencyKey'],
    ],
    [
      'a key without end',
      manager => manager.retry({ operationId: ids.failed, idempotencyKey: 'k'.repeat(256) }),
      ['idempotencyKey'],
    ],
    [
      'a long note',
      manager => manager.decide({ requestId: ids.pending, decision: 'REJECT', note: long }),
      ['note'],
    ],
    [
      'a long reason to withdraw an order',
      manager => manager.cancelOrder({ orderId: ids.submitted, reason: long }),
      ['reason'],
    ],
    ['an order of nothing', manager => manager.place({ recipientId: NORTHWIND, lines: [] }), ['lines']],
    [
      'a line of nothing',
      manager => manager.place({ recipientId: NORTHWIND, lines: [{ quantity: 1 }] }),
      ['lines', '0', 'productId'],
    ],
    [
      'a line of two things',
      manager =>
        manager.place({ recipientId: NORTHWIND, lines: [{ ...BACKUP, subscriptionId: ids.active }] }),
      ['lines', '0', 'productId'],
    ],
  ];

  test.each(cases)('%s is rejected with the path of the field', async (_, act, path) => {
    const { errors } = await writingNothing(gateway, () => act(who.manager));
    expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path }]);
  });
});
