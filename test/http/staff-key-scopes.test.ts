import { administrator } from '../support/administrator';
import { newKey } from '../support/api-keys';
import { people, person } from '../support/back-office';
import { addon } from '../support/catalog';
import { ADMIN, ALPINE, BILLING, CONTOSO, MANAGER, NORTHWIND, RESELLER, STORAGE } from '../support/demo';
import { codesWithPaths } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { type MailGateway, startMailGateway } from '../support/mails';
import { newKey as idempotencyKey } from '../support/shop';
import { writingNothing } from '../support/tables';

jest.setTimeout(60_000);

let world: MailGateway;
let gateway: TestGateway;
beforeAll(async () => {
  world = await startMailGateway();
  ({ gateway } = world);
});
afterAll(() => world.stop());
beforeEach(() => gateway.reset());

/** The caller with a key of these scopes. */
const keyed = async (email: string, ...scopes: string[]) => {
  const { at } = await newKey(gateway, email, scopes);
  return { ...person(at, ''), office: administrator(at) };
};
/** A key that has every scope but one. */
const without = (email: string, scope: string) =>
  keyed(
    email,
    ...['READ', 'CANCEL', 'RENAME', 'CUSTOMERS', 'EXECUTE', 'DECIDE'].filter(one => one !== scope),
    ...(email === ADMIN && scope !== 'MANAGE_CATALOG' ? ['MANAGE_CATALOG'] : []),
  );

type Caller = Awaited<ReturnType<typeof keyed>>;

/** What is refused to a key without the scope: nothing is written. */
async function refused(scope: string, act: (caller: Caller) => Promise<any>, path = ''): Promise<void> {
  const email = scope === 'MANAGE_CATALOG' ? ADMIN : MANAGER;
  const caller = await without(email, scope);
  const answer = await writingNothing(gateway, () => act(caller));
  expect(codesWithPaths(answer)).toEqual([`FORBIDDEN${path && ` ${path}`}`]);
}

const create = (email: string, more: object = {}) => ({
  ...{ kind: 'CUSTOMER', name: 'New', email, billing: BILLING },
  ...more,
});

describe('EXECUTE', () => {
  test('places, executes, cancels and retries orders, add-ons included', async () => {
    const { admin } = people(gateway);
    const program = await keyed(MANAGER, 'EXECUTE');
    const subscriptionId = await program.liveSubscription(CONTOSO);
    const { availableActions } = await program.seeSubscription(subscriptionId);
    expect(availableActions).toContainEqual({ action: 'BUY_ADDONS', allowed: true, blockedBy: null });
    const more = await program.placed(CONTOSO, {
      subscriptionId,
      addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 1 }],
    });
    expect(codesWithPaths(await program.cancelOrder({ orderId: more.id }))).toEqual([]);
    const seen = await admin.seeOrder(more.id);
    expect([seen.state, seen.placedBy.email]).toEqual(['CANCELLED', MANAGER]);
    const [{ id }] = (await gateway.rows('SELECT id FROM operations')) as [{ id: string }];
    expect(codesWithPaths(await program.retry({ operationId: id }))).toEqual(['INVALID_STATE operationId']);
  });

  test('is needed for each of them', async () => {
    const { manager } = people(gateway);
    const subscriptionId = await manager.liveSubscription(CONTOSO);
    const { id: orderId } = await manager.placed(NORTHWIND, STORAGE);
    const [{ id: operationId }] = (await gateway.rows('SELECT id FROM operations')) as [{ id: string }];
    await refused('EXECUTE', caller => caller.place({ recipientId: NORTHWIND, lines: [STORAGE] }));
    await refused('EXECUTE', caller => caller.execute({ orderId }));
    await refused('EXECUTE', caller => caller.cancelOrder({ orderId }));
    await refused('EXECUTE', caller => caller.retry({ operationId }));
    const { availableActions } = await (await without(MANAGER, 'EXECUTE')).seeSubscription(subscriptionId);
    expect(availableActions).toContainEqual({
      action: 'BUY_ADDONS',
      allowed: false,
      blockedBy: expect.objectContaining({
        code: 'FORBIDDEN',
        message: 'The API key needs the scope EXECUTE.',
      }),
    });
  });
});

test('CANCEL, DECIDE and RENAME do what they say, each alone', async () => {
  const { manager } = people(gateway);
  const subscriptionId = await manager.liveSubscription(CONTOSO);
  await refused('RENAME', caller => caller.rename({ subscriptionId, friendlyName: 'Mine' }));
  const renamed = await (await keyed(MANAGER, 'RENAME')).rename({ subscriptionId, friendlyName: 'Mine' });
  expect(codesWithPaths(renamed)).toEqual([]);
  await refused('CANCEL', caller => caller.request({ subscriptionId }));
  const request = await (await keyed(MANAGER, 'CANCEL')).requested(subscriptionId);
  await refused('CANCEL', caller => caller.withdraw({ requestId: request.id }));
  const decision = { requestId: request.id, decision: 'REJECT' };
  await refused('DECIDE', caller => caller.decide(decision));
  const decided = await (await keyed(MANAGER, 'DECIDE')).decide(decision);
  expect(codesWithPaths(decided)).toEqual([]);
  expect(decided.cancellationRequest).toMatchObject({ state: 'REJECTED', decidedBy: { email: MANAGER } });
});

describe('CUSTOMERS', () => {
  const invited = (accountId: string | null, roles: string[]) => ({
    ...{ accountId, roles, name: 'Guest', email: `${idempotencyKey()}@new.example` },
    idempotencyKey: idempotencyKey(),
  });
  const invite = (caller: Caller, input: object) =>
    caller.call('inviteUser', 'InviteUserInput', input, 'invitation { id state }');

  test.each([
    [MANAGER, {}],
    [RESELLER, {}],
    [ADMIN, { kind: 'RESELLER' }],
  ])('a key of %s creates and changes an account', async (email, more) => {
    const program = await keyed(email, 'CUSTOMERS');
    const { account } = await program.office.does(
      'createAccount',
      create(`${idempotencyKey()}@new.example`, more),
    );
    await program.office.does('updateAccount', { accountId: account.id, name: 'Renamed' });
    const reference = { id: account.id, externalReference: idempotencyKey() };
    const { errors } = await program.call(
      'setExternalReference',
      'SetExternalReferenceInput',
      reference,
      'node { id }',
    );
    expect(errors).toEqual([]);
  });

  test.each([
    [MANAGER, CONTOSO],
    [RESELLER, ALPINE],
    [ADMIN, NORTHWIND],
  ])(
    'a key of %s invites the first user of a customer, sees and revokes the invitation',
    async (email, id) => {
      const program = await keyed(email, 'CUSTOMERS');
      const { invitation, errors } = await invite(program, invited(id, ['CUSTOMER']));
      expect([invitation.state, errors]).toEqual(['PENDING', []]);
      const again = await program.call(
        'resendInvitation',
        'ResendInvitationInput',
        { invitationId: invitation.id },
        'invitation { id }',
      );
      expect(again.errors).toEqual([]);
      const revoked = await program.call(
        'revokeInvitation',
        'RevokeInvitationInput',
        { invitationId: invitation.id },
        'invitation { state }',
      );
      expect(revoked).toEqual({ invitation: { state: 'REVOKED' }, errors: [] });
    },
  );

  test.each<[string, string | null, string[], string]>([
    [RESELLER, null, ['RESELLER'], 'FORBIDDEN roles'],
    [ADMIN, null, ['ADMINISTRATOR'], 'FORBIDDEN roles'],
    [MANAGER, null, ['ACCOUNT_MANAGER'], 'FORBIDDEN'],
  ])('a key of %s cannot invite a colleague of its user', async (email, accountId, roles, error) => {
    const program = await keyed(email, 'CUSTOMERS');
    const answer = await writingNothing(gateway, () => invite(program, invited(accountId, roles)));
    expect(codesWithPaths(answer)).toEqual([error]);
  });

  test('is needed for each of them', async () => {
    await refused('CUSTOMERS', caller => caller.office.ask('createAccount', create('x@new.example')));
    await refused('CUSTOMERS', caller =>
      caller.office.ask('updateAccount', { accountId: CONTOSO, name: 'Renamed' }),
    );
    await refused('CUSTOMERS', caller => invite(caller, invited(CONTOSO, ['CUSTOMER'])));
    const { invitation } = await invite(await keyed(MANAGER, 'CUSTOMERS'), invited(CONTOSO, ['CUSTOMER']));
    for (const name of ['resendInvitation', 'revokeInvitation']) {
      const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
      await refused('CUSTOMERS', caller =>
        caller.call(name, type, { invitationId: invitation.id }, 'invitation { id }'),
      );
    }
    const node = 'query ($id: ID!) { node(id: $id) { id } }';
    const hidden = await (await without(MANAGER, 'CUSTOMERS')).send(node, { id: invitation.id });
    expect(hidden.data).toEqual({ node: null });
  });
});

test('a reference is set by the scope that creates the object', async () => {
  const { manager } = people(gateway);
  const order = await manager.provisioned(CONTOSO, STORAGE);
  const subscription = order.lines[0].subscription.id;
  const set = (caller: Caller, id: string) =>
    caller.call(
      'setExternalReference',
      'SetExternalReferenceInput',
      { id, externalReference: idempotencyKey() },
      'node { id }',
    );
  await refused('CUSTOMERS', caller => set(caller, CONTOSO), 'id');
  await refused('EXECUTE', caller => set(caller, order.id), 'id');
  await refused('EXECUTE', caller => set(caller, subscription), 'id');
  const none = await keyed(MANAGER, 'READ', 'RENAME', 'CANCEL', 'DECIDE');
  expect(codesWithPaths(await writingNothing(gateway, () => set(none, order.id)))).toEqual(['FORBIDDEN']);
  expect(codesWithPaths(await set(await keyed(MANAGER, 'CUSTOMERS'), CONTOSO))).toEqual([]);
  const executing = await keyed(MANAGER, 'EXECUTE');
  expect(codesWithPaths(await set(executing, order.id))).toEqual([]);
  expect(codesWithPaths(await set(executing, subscription))).toEqual([]);
});

describe('MANAGE_CATALOG', () => {
  const importing = `mutation { importCatalog(input: { provider: "open-service-broker" }) {
    catalogImport { state done } errors { code } } }`;

  test('changes the catalog and its prices, and imports', async () => {
    const program = await keyed(ADMIN, 'MANAGE_CATALOG');
    const { category } = await program.office.does('createCategory', { slug: 'new', name: 'New' });
    await program.office.does('updateCategory', { categoryId: category.id, name: 'Newer' });
    const { data } = await program.send(importing);
    expect(data.importCatalog).toMatchObject({ catalogImport: { state: 'SUCCEEDED' }, errors: [] });
  });

  test('is needed for each of them', async () => {
    await refused('MANAGE_CATALOG', caller =>
      caller.office.ask('createCategory', { slug: 'other', name: 'Other' }),
    );
    const { send } = await without(ADMIN, 'MANAGE_CATALOG');
    const { data } = await writingNothing(gateway, () => send(importing));
    expect(data.importCatalog).toEqual({ catalogImport: null, errors: [{ code: 'FORBIDDEN' }] });
  });

  test('an import stops when its key ends while it runs', async () => {
    const { send } = await keyed(ADMIN, 'MANAGE_CATALOG');
    await gateway.rows(
      `CREATE TRIGGER ends_keys AFTER INSERT ON catalog_imports FOR EACH ROW
       UPDATE api_keys SET revokedAt = NOW(3) WHERE userId = NEW.userId`,
    );
    const before = await gateway.rows('SELECT * FROM products ORDER BY id');
    try {
      const { data } = await send(importing);
      expect(data.importCatalog.catalogImport).toEqual({ state: 'FAILED', done: 0 });
    } finally {
      await gateway.rows('DROP TRIGGER ends_keys');
    }
    expect(await gateway.rows('SELECT * FROM products ORDER BY id')).toEqual(before);
  });
});
