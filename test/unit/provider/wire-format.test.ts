import type { ImpossibleCloud } from '../../../src/providers/impossible-cloud';
import { recorder } from '../../support/provider/canned-servers';
import {
  APPLICATION,
  addon,
  CALL,
  client,
  customer,
  reseller,
  subscription,
} from '../../support/provider/client';

/** Plays one method against a server that answers success, and gives what reached it. */
async function sentBy(play: (provider: ImpossibleCloud) => Promise<unknown>, code = 0) {
  const server = await recorder({ Code: code, Message: null, Result: 'ext-1' });
  const provider = client(server.url);
  const result = await play(provider);
  expect(server.seen).toHaveLength(1);
  return { result, ...server.seen[0] };
}

const provisioned = subscription({
  externalId: 'ext-sub-1',
  account: customer({ externalId: 'acc-1', reseller: { id: 'account-1200', externalId: 'prt-1' } }),
  addons: [addon('IC-ADD-1TB', 2, true), addon('IC-ADD-5TB', 1, false)],
});

/** The same with add-ons that the provider has granted some of. */
const holding = {
  ...provisioned,
  addons: [addon('IC-ADD-1TB', 2, true, 1), addon('IC-ADD-5TB', 1, false, 1)],
};

/** The same with an add-on that ends. */
const ending = {
  ...provisioned,
  addons: [addon('IC-ADD-1TB', 0, true, 2), addon('IC-ADD-5TB', 1, false, 1)],
};

const storage = (value: string, linked: boolean) => ({
  storage_gb: {
    ID: 'storage_gb',
    Name: 'storage_gb',
    Value: value,
    Code: '',
    QuantityLinked: linked,
    ExtraParameters: {},
  },
});

const customerOnTheWire = {
  ID: 'account-2777',
  ExternalID: 'acc-1',
  ResellerID: 'account-1200',
  ResellerExternalID: 'prt-1',
  Name: 'Alpine Dental',
  Code: null,
  Phone: null,
  Fax: null,
  WebSite: null,
  Email: 'it@alpine.example',
  IsTest: false,
  Description: null,
  ExtraDetails: { Company: 'Alpine Dental GmbH' },
  SyncOptions: { username: 'it@alpine.example', role: 'User' },
  ContactDetails: {
    ID: null,
    FirstName: '',
    LastName: 'Alpine Dental',
    Phone: null,
    Fax: null,
    Email: 'it@alpine.example',
  },
  Address: {
    Address1: 'Weg 1',
    Address2: 'Hof',
    City: 'Berlin',
    PostCode: '10115',
    State: { Code: null, Name: null },
    Country: { Code: 'DE', Name: 'Germany' },
  },
};

describe('requests to the service manager', () => {
  test('every call names the application, its key and the track id', async () => {
    const { headers } = await sentBy(provider => provider.accounts.synchronize(reseller(), CALL));
    expect(headers).toMatchObject({
      'x-cloudplatform-applicationid': APPLICATION.applicationId,
      'x-cloudplatform-apikey': APPLICATION.apiKey,
      'x-cloudplatform-trackid': 'track-1',
      'content-type': 'application/json; charset=utf-8',
    });
  });

  test.each<[string, string, (provider: ImpossibleCloud) => Promise<unknown>]>([
    ['a pre-check', 'subscriptions/create', it => it.precheck(subscription(), CALL)],
    ['finding an account', 'accounts/exists', it => it.accounts.find(reseller(), CALL)],
    ['synchronizing an account', 'accounts/synchronize', it => it.accounts.synchronize(reseller(), CALL)],
    ['creating a subscription', 'subscriptions/create', it => it.createSubscription(subscription(), CALL)],
    ['creating add-ons', 'addons/create', it => it.setAddons(provisioned, CALL)],
    ['updating add-ons', 'addons/update', it => it.setAddons(holding, CALL)],
    ['ending add-ons', 'addons/cancel', it => it.setAddons(ending, CALL)],
    ['an upgrade', 'subscriptions/upgradedowngrade', it => it.changeProduct(provisioned, 'UPGRADE', CALL)],
    ['a downgrade', 'subscriptions/upgradedowngrade', it => it.changeProduct(provisioned, 'DOWNGRADE', CALL)],
    ['suspending', 'subscriptions/suspend', it => it.suspendSubscription(provisioned, CALL)],
    ['resuming', 'subscriptions/activate', it => it.resumeSubscription(provisioned, CALL)],
    ['cancelling', 'subscriptions/cancel', it => it.cancelSubscription(provisioned, CALL)],
  ])('%s is a POST to %s under the base path', async (_, endpoint, play) => {
    const { method, path } = await sentBy(play);
    expect([method, path]).toEqual(['POST', `/v1/integration/infiterra/${endpoint}`]);
  });

  test('a reseller has no parent, and its e-mail is lower-cased wherever it is matched', async () => {
    const { body } = await sentBy(provider => provider.accounts.synchronize(reseller(), CALL));
    expect(body).toMatchObject({
      ExternalID: null,
      ResellerID: null,
      ResellerExternalID: null,
      Email: 'sales@skyline.example',
      SyncOptions: { username: 'sales@skyline.example', role: 'Reseller' },
    });
  });

  test('a created subscription is the base product alone, whole to the last member', async () => {
    const { body, result } = await sentBy(provider =>
      provider.createSubscription(
        {
          ...provisioned,
          externalId: undefined,
          requestedBy: {
            id: '12',
            name: 'Rae Anne Seller',
            email: 'rae@reseller.example',
            via: 'Storefront',
          },
        },
        CALL,
      ),
    );
    expect(result).toBe('ext-1');
    expect(body).toEqual({
      ID: null,
      SubscriptionID: 'subscription-1',
      OriginalSubscriptionID: null,
      Name: 'Acme backup storage',
      ServiceType: 'ImpossibleCloudStorage',
      ProductID: 'IC-BASE-1TB',
      ActionType: 'Provision',
      Quantity: 1,
      Account: customerOnTheWire,
      AttributeList: storage('1000', false),
      Addons: [],
      IsTest: false,
      AllowMultipleSubscriptions: false,
      IsFromOrder: true,
      BillingCycle: { Duration: '1', DurationType: 'Month' },
      CheckOverusage: false,
      Derivative: 1,
      CustomFieldValues: {},
      ExtraDetails: {},
      IsTrial: false,
      CheckOnly: false,
      RequestedBy: {
        ID: 12,
        FirstName: 'Rae',
        LastName: 'Anne Seller',
        DisplayName: 'Rae Anne Seller',
        Email: 'rae@reseller.example',
        Type: 'Storefront',
      },
    });
  });

  test('a requester whose id is no integer goes without one', async () => {
    const requestedBy = { id: 'user_01h', name: 'Rae', email: 'rae@reseller.example', via: 'BSS' as const };
    const { body } = await sentBy(it => it.createSubscription(subscription({ requestedBy }), CALL));
    expect(body).toHaveProperty('RequestedBy', {
      FirstName: 'Rae',
      LastName: '',
      DisplayName: 'Rae',
      Email: 'rae@reseller.example',
      Type: 'BSS',
    });
  });

  test.each([
    ['setAddons' as const, 'new', provisioned, 'None', 'Provision', 'None'],
    ['setAddons' as const, 'held', holding, 'None', 'Provision', 'None'],
    ['setAddons' as const, 'ending', ending, 'None', 'Cancel', 'None'],
    ['suspendSubscription' as const, 'held', holding, 'Suspend', 'None', 'None'],
    ['resumeSubscription' as const, 'held', holding, 'Activate', 'None', 'None'],
    ['cancelSubscription' as const, 'held', holding, 'Cancel', 'Cancel', 'Cancel'],
  ])(
    '%s sends all add-ons (%s) and says which are meant',
    async (method, _, sent, action, changed, other) => {
      const { body } = await sentBy(provider => provider[method](sent, CALL));
      expect(body).toMatchObject({ ID: 'ext-sub-1', ActionType: action, CheckOnly: false });
      expect(body).toHaveProperty('Addons', [
        {
          ID: null,
          ParentID: 'ext-sub-1',
          Name: 'IC-ADD-1TB',
          ProductID: 'IC-ADD-1TB',
          ActionType: changed,
          Quantity: 2,
          AttributeList: storage('1000', true),
          ExtraDetails: {},
        },
        expect.objectContaining({ ProductID: 'IC-ADD-5TB', ActionType: other, Quantity: 1 }),
      ]);
    },
  );

  test.each([
    ['UPGRADE' as const, 'Upgrade'],
    ['DOWNGRADE' as const, 'Downgrade'],
  ])('%s sends the new product, its attributes and all add-ons', async (direction, action) => {
    const to = { ...holding, productId: 'IC-BASE-5TB', attributes: { storage_gb: '5000' } };
    const { body } = await sentBy(it => it.changeProduct(to, direction, CALL));
    expect(body).toMatchObject({
      ID: 'ext-sub-1',
      ActionType: action,
      ProductID: 'IC-BASE-5TB',
      AttributeList: storage('5000', false),
      Addons: [
        { ProductID: 'IC-ADD-1TB', ActionType: 'None', Quantity: 2 },
        { ProductID: 'IC-ADD-5TB', ActionType: 'None', Quantity: 1 },
      ],
      CheckOnly: false,
    });
  });

  test('new, held and ending add-ons of one call are three requests, each with all of them', async () => {
    const server = await recorder({ Code: 0, Message: null, Result: 'ext-1' });
    const addons = [
      addon('IC-ADD-1TB', 0, true, 3),
      addon('IC-ADD-5TB', 2, true, 1),
      addon('IC-ADD-10TB', 4, true),
      addon('IC-ADD-20TB', 0, true),
    ];
    await client(server.url).setAddons({ ...provisioned, addons }, CALL);
    const sent = server.seen.map(({ path, body }) => {
      const { Addons } = body as { Addons: { ProductID: string; ActionType: string; Quantity: number }[] };
      return [path.split('/').at(-1), ...Addons.map(it => `${it.ProductID} ${it.ActionType} ${it.Quantity}`)];
    });
    expect(sent).toEqual([
      ['create', 'IC-ADD-1TB None 3', 'IC-ADD-5TB None 2', 'IC-ADD-10TB Provision 4'],
      ['update', 'IC-ADD-1TB None 3', 'IC-ADD-5TB Provision 2', 'IC-ADD-10TB None 4'],
      ['cancel', 'IC-ADD-1TB Cancel 3', 'IC-ADD-5TB None 2', 'IC-ADD-10TB None 4'],
    ]);
  });

  test('an add-on without a quantity that was not held sends nothing', async () => {
    const server = await recorder({ Code: 0, Message: null, Result: 'ext-1' });
    await client(server.url).setAddons({ ...provisioned, addons: [addon('IC-ADD-1TB', 0, true)] }, CALL);
    expect(server.seen).toEqual([]);
  });

  test('a pre-check is a create with its add-ons that is marked as a check only', async () => {
    const { body } = await sentBy(it => it.precheck({ ...provisioned, externalId: undefined }, CALL));
    expect(body).toMatchObject({ CheckOnly: true, ActionType: 'Provision', ID: null });
    expect(body).toHaveProperty('Addons.0.ActionType', 'Provision');
  });

  test.each([
    ['MONTHLY' as const, '1', 'Month'],
    ['ANNUALLY' as const, '1', 'Year'],
    ['TWO_YEARS' as const, '2', 'Year'],
    ['THREE_YEARS' as const, '3', 'Year'],
  ])('%s is %s %s', async (billingCycle, Duration, DurationType) => {
    const { body } = await sentBy(it => it.createSubscription(subscription({ billingCycle }), CALL));
    expect(body).toHaveProperty('BillingCycle', { Duration, DurationType });
  });

  test.each([
    [0, undefined],
    [1, 'ext-1'],
  ])('for an account lookup, code %i answers %s', async (code, expected) => {
    expect((await sentBy(it => it.accounts.find(reseller(), CALL), code)).result).toBe(expected);
  });
});
