import { ApiKeyScope, CancellationPolicy, Decider, Role } from '../../src/entities';
import {
  type Actor,
  decisionError,
  nextDecider,
  type Relation,
  relationOf,
  withdrawalError,
} from '../../src/policies';

const { RESELLER, DISTRIBUTOR } = Decider;

const user = (role: Role, accountId: string | null, resellerId: string | null = null): Actor => ({
  ...{ userId: 'usr_1', roles: [role], accountId, resellerId, priceListId: null },
});
const keyOf = (actor: Actor, ...scopes: ApiKeyScope[]): Actor => ({
  ...actor,
  apiKey: { id: 'key_1', scopes },
});

const manager = user(Role.ACCOUNT_MANAGER, null);
const administrator = user(Role.ADMINISTRATOR, null);
const reseller = user(Role.RESELLER, 'acc_reseller');
const endCustomer = user(Role.CUSTOMER, 'acc_end', 'acc_reseller');
const directCustomer = user(Role.CUSTOMER, 'acc_direct');

const ofReseller = { resellerId: 'acc_reseller' };
const direct = { resellerId: null };

type Row = [string, Actor, { resellerId: string | null }, Relation, Decider | null, Decider | null];

/** Requester, what it concerns, its relation, and who decides if the service is AUTOMATIC or REQUIRES_DECISION. */
const table: Row[] = [
  ['an account manager', manager, ofReseller, 'STAFF', null, null],
  ['an account manager, directly', manager, direct, 'STAFF', null, null],
  ['an administrator', administrator, ofReseller, 'STAFF', null, null],
  ['an administrator, directly', administrator, direct, 'STAFF', null, null],
  ['a key of staff that decides', keyOf(manager, 'CANCEL', 'DECIDE'), direct, 'STAFF', null, null],
  ['a key of staff', keyOf(manager, 'CANCEL'), ofReseller, 'STAFF_KEY', null, DISTRIBUTOR],
  ['a key of an administrator', keyOf(administrator, 'CANCEL'), direct, 'STAFF_KEY', null, DISTRIBUTOR],
  ['a reseller', reseller, ofReseller, 'RESELLER', null, DISTRIBUTOR],
  ['a key of a reseller', keyOf(reseller, 'CANCEL'), ofReseller, 'RESELLER', null, DISTRIBUTOR],
  ['an end customer', endCustomer, ofReseller, 'END_CUSTOMER', RESELLER, RESELLER],
  ['a direct customer', directCustomer, direct, 'DIRECT_CUSTOMER', null, DISTRIBUTOR],
];

test.each(table)('the next decider after %s', (_, actor, owner, relation, automatic, decided) => {
  expect(relationOf(actor, owner)).toBe(relation);
  expect(nextDecider(actor, owner, CancellationPolicy.AUTOMATIC)).toBe(automatic);
  expect(nextDecider(actor, owner, CancellationPolicy.REQUIRES_DECISION)).toBe(decided);
});

test.each([
  ['an account manager', manager, true, true],
  ['an administrator', administrator, true, true],
  ['a reseller', reseller, true, false],
  ['an end customer', endCustomer, false, false],
  ['a direct customer', directCustomer, false, false],
])('%s decides what awaits it', (_, actor, forReseller, forDistributor) => {
  const path = ['requestId'];
  const refused = (decider: string) =>
    expect.objectContaining({ code: 'FORBIDDEN', path, message: `The ${decider} decides on this request.` });
  expect(decisionError(actor, RESELLER, path)).toEqual(forReseller ? null : refused('reseller'));
  expect(decisionError(actor, DISTRIBUTOR, path)).toEqual(forDistributor ? null : refused('account manager'));
});

test.each([
  ['an account manager', manager, 'acc_reseller', true],
  ['a reseller', reseller, 'acc_reseller', true],
  ['an end customer', endCustomer, 'acc_reseller', false],
  ['a direct customer', directCustomer, null, true],
])(
  '%s withdraws the requests of the account, and those that it may of others',
  (_, actor, resellerId, others) => {
    const accountId = resellerId ? 'acc_end' : 'acc_direct';
    const withdrawn = (requester: string | null) =>
      withdrawalError(actor, { accountId, resellerId }, { accountId: requester }, ['requestId']);
    expect(withdrawn(accountId)).toBeNull();
    const refused = expect.objectContaining({ code: 'FORBIDDEN', path: ['requestId'] });
    // By the reseller, and by staff.
    for (const other of ['acc_reseller', null]) expect(withdrawn(other)).toEqual(others ? null : refused);
  },
);
