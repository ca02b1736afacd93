import { accountId, userId } from '../../dev/demo-data';
import { type Administrator, administrator } from '../support/administrator';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { CONTOSO, STORAGE } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { writingNothing } from '../support/tables';

const MANAGER = userId('manager@bss.example');
const MANAGER_2 = userId('manager2@bss.example');

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
let admin: Administrator;
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
  admin = administrator(gateway);
});
afterAll(() => office.stop());
afterEach(() => office.reset());

const assign = (accountManagerId: string | null, account = CONTOSO) =>
  admin.does('assignAccountManager', { accountId: account, accountManagerId });

describe('an account without an account manager', () => {
  beforeAll(() => assign(null));
  afterAll(() => assign(MANAGER));

  test('has its cancellation decided by an administrator', async () => {
    await who.otherBuyer.order(STORAGE);
    await gateway.settled();
    const [{ id }] = (await gateway.rows('SELECT id FROM subscriptions')) as [{ id: string }];
    const request = await who.otherBuyer.requested(id);
    expect(codes(await who.manager.decide({ requestId: request.id, decision: 'ACCEPT' }))).toEqual([
      'NOT_FOUND',
    ]);
    const { availableActions } = await who.admin.seeSubscription(id);
    expect(availableActions).toContainEqual({
      action: 'DECIDE_CANCELLATION',
      allowed: true,
      blockedBy: null,
    });
    expect(codes(await who.admin.decide({ requestId: request.id, decision: 'ACCEPT' }))).toEqual([]);
    await gateway.settled();
    expect((await who.admin.seeSubscription(id)).state).toBe('CANCELLED');
  });

  test('has an administrator as deputy in every task of an account manager', async () => {
    const subscriptionId = await who.admin.liveSubscription(CONTOSO);
    const withdrawn = await who.admin.placed(CONTOSO, { productId: product('CB-SERVER') });
    expect(codes(await who.admin.cancelOrder({ orderId: withdrawn.id }))).toEqual([]);
    const more = await who.admin.provisioned(CONTOSO, {
      subscriptionId,
      addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 2 }],
    });
    expect(more.state).toBe('COMPLETED');
    expect(codes(await who.admin.rename({ subscriptionId, friendlyName: 'Kept' }))).toEqual([]);
    const request = await who.admin.requested(subscriptionId, { timing: 'END_OF_PERIOD' });
    expect(codes(await who.admin.withdraw({ requestId: request.id }))).toEqual([]);
    expect(await who.admin.seeSubscription(subscriptionId)).toMatchObject({
      state: 'ACTIVE',
      friendlyName: 'Kept',
    });
  });

  test('is found by `unmanaged`, as is one whose manager is deactivated, but not one whose reseller has a manager', async () => {
    const found = async (filter: object) => {
      const { accounts } = await admin.reads(
        'query ($filter: AccountFilter) { accounts(filter: $filter) { nodes { name } totalCount } }',
        { filter },
      );
      expect(accounts.totalCount).toBe(accounts.nodes.length);
      return accounts.nodes.map(({ name }: { name: string }) => name);
    };
    const managed = await found({ unmanaged: false });
    expect(managed).toContain('Alpine Dental');
    expect(await found({ unmanaged: true })).toEqual(['Contoso']);
    expect([...managed, 'Contoso'].sort()).toEqual((await found({})).sort());

    await gateway.rows('UPDATE users SET deactivatedAt = NOW(3) WHERE id = ?', [MANAGER_2]);
    expect(await found({ unmanaged: true })).toEqual([
      'Contoso',
      'Dune Media',
      'Elm Clinics',
      'Harbor Cloud',
    ]);
    await gateway.rows('UPDATE users SET deactivatedAt = NULL WHERE id = ?', [MANAGER_2]);
    expect(await found({ accountManagerId: MANAGER_2 })).toEqual(['Harbor Cloud']);
    expect(await found({ resellerId: accountId('Harbor Cloud') })).toEqual(['Dune Media', 'Elm Clinics']);
  });
});

describe('an account manager', () => {
  const losing = [
    ['deactivated', 'deactivateUser', {}],
    ['given other roles', 'setUserRoles', { roles: ['ADMINISTRATOR'] }],
    ['shut out', 'setUserRoles', { roles: [] }],
  ] as const;

  test.each(losing)(
    'cannot be %s while accounts are assigned, and can be afterwards',
    async (_, name, more) => {
      const input = { userId: MANAGER_2, ...more };
      const { errors } = await writingNothing(gateway, () => admin.ask(name, input));
      expect(errors).toMatchObject([
        {
          code: 'INVALID_STATE',
          path: ['userId'],
          message:
            'Mia Berger looks after Harbor Cloud. Assign another account manager with `assignAccountManager` first.',
        },
      ]);
      const harbor = accountId('Harbor Cloud');
      await assign(MANAGER, harbor);
      await admin.does(name, input);

      const refused = await writingNothing(gateway, () =>
        admin.ask('assignAccountManager', { accountId: harbor, accountManagerId: MANAGER_2 }),
      );
      expect(codes(refused as any)).toEqual(['INVALID_INPUT']);
      await admin.does('setUserRoles', { userId: MANAGER_2, roles: ['ACCOUNT_MANAGER'] });
      await admin.does('activateUser', { userId: MANAGER_2 });
      await assign(MANAGER_2, harbor);
    },
  );

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'is deactivated or assigned an account, never both (round %i)',
    async () => {
      const harbor = accountId('Harbor Cloud');
      await assign(MANAGER, harbor);
      const answers = await Promise.all([
        admin.ask('deactivateUser', { userId: MANAGER_2 }),
        admin.ask('assignAccountManager', { accountId: harbor, accountManagerId: MANAGER_2 }),
      ]);
      expect(answers.map(({ errors }) => errors.length).sort()).toEqual([0, 1]);
      const inactive = await gateway.rows(
        'SELECT a.name FROM accounts a JOIN users u ON u.id = a.accountManagerId WHERE u.deactivatedAt IS NOT NULL',
      );
      expect(inactive).toEqual([]);
      await admin.does('activateUser', { userId: MANAGER_2 });
      await assign(MANAGER_2, harbor);
    },
  );
});
