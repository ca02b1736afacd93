import { createConnection } from 'mysql2';
import type { Database, Transaction } from '../../src/database';
import { RowMapper, type Value } from '../../src/database/rows';
import { Session } from '../../src/database/session';
import {
  Account,
  Addon,
  ApiKey,
  BillingCycle,
  CancellationRequest,
  CancellationRequestState,
  Charge,
  ChargeKind,
  CloudSubscription,
  CloudSubscriptionState,
  Decider,
  DeliveryQueue,
  Invitation,
  Mail,
  MailLane,
  MailState,
  OperationStep,
  Order,
  OrderState,
  ProvisioningOperation,
  Role,
  StepState,
  SubscriptionChange,
  SubscriptionLot,
  SyncState,
  User,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryState,
} from '../../src/entities';
import {
  EventRetention,
  eraseNameFromEvents,
  firstSeqAfter,
  lastChargeSeq,
  lastSeq,
  readLogLag,
  removeOldEvents,
} from '../../src/events';
import { numberEvents, readLogState } from '../../src/events/sequencer';
import {
  type Claimable,
  claimJobs,
  findClaimed,
  type JobTable,
  releaseClaim,
  renewClaim,
} from '../../src/jobs/claims';
import { shortenWaits } from '../../src/jobs/shorten-waits';
import type { Actor } from '../../src/policies';
import * as store from '../../src/store';
import { advance, writeAdvanced } from '../../src/store/advance';
import { listCondition } from '../../src/store/find';
import { transitionAll } from '../../src/store/transition';
import { startTestGateway, type TestGateway } from '../support/gateway';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

type Sent = [sql: string, values: readonly Value[]];

/** Records statements instead of sending them. Every answer is one changed row, or no rows. */
class Recorder extends Session {
  readonly sent: Sent[] = [];
  readonly touched = new Set();
  protected override readonly inTransaction = true;

  protected override async sendOnce(
    sql: string | { sql: string },
    values: readonly Value[],
  ): Promise<unknown> {
    this.sent.push([typeof sql === 'string' ? sql : sql.sql, values]);
    return Object.assign([], { affectedRows: 1 });
  }

  /** Not before the end: nothing is committed. */
  beforeCommit(): void {}

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return work(this as unknown as Transaction);
  }
}

const actorWith = (...roles: Role[]): Actor => ({
  userId: 'usr_1',
  roles,
  accountId: roles.some(role => role === Role.CUSTOMER || role === Role.RESELLER) ? 'acc_1' : null,
  resellerId: null,
  priceListId: null,
});

/** A caller of every kind, as visibility tells them apart. */
const actors = [
  actorWith(),
  ...Object.values(Role).map(role => actorWith(role)),
  actorWith(Role.RESELLER, Role.ACCOUNT_MANAGER),
];
const manager = actorWith(Role.ACCOUNT_MANAGER);

/** Every entity whose rows have an owner. */
const owned: (new () => { id: string })[] = [
  Account,
  ApiKey,
  CancellationRequest,
  CloudSubscription,
  Order,
  ProvisioningOperation,
  User,
  Webhook,
  WebhookDelivery,
  Invitation,
  Mail,
  Charge,
];

const now = new Date();
const page = { first: 10 };
const operation = Object.assign(new ProvisioningOperation(), {
  id: 'op_1',
  orderId: 'ord_1',
  subscriptionId: 'sub_1',
  requestedById: 'usr_1',
  accountId: 'acc_1',
  token: 1,
  claims: 1,
  owner: 'x',
  state: 'RUNNING',
  position: 0,
});
const step = Object.assign(new OperationStep(), {
  operationId: 'op_1',
  position: 0,
  state: 'RUNNING',
  attempts: 1,
});
const key = { accountId: 'acc_1', serviceId: 'svc_1' };
const price = { priceListId: 'pl_1', itemId: 'prod_1', billingCycle: BillingCycle.MONTHLY };
const queue = { webhookId: 'hook_1', subject: 'acc_1' };

const mail = Object.assign(new Mail(), {
  id: 'mail_1',
  to: 'x@x.example',
  userId: null,
  subject: 'x',
  template: 'invitation',
  locale: 'en',
  facts: {},
  cause: null,
  lane: MailLane.LINK,
});

const range = { from: now, until: now };
/** Every filter of charges. */
const CHARGES = {
  accountId: 'acc_1',
  subscriptionId: 'sub_1',
  orderId: 'ord_1',
  kinds: [ChargeKind.CREDIT],
  createdAt: range,
  periodStart: range,
  afterSeq: '1',
};

const tables = [
  { entity: ProvisioningOperation, name: 'operations', lane: 'provider' },
  { entity: DeliveryQueue, name: 'queues', lane: 'webhookId' },
  { entity: Mail, name: 'mails', lane: 'lane' },
] as unknown as JobTable<Claimable>[];
const capacity = {
  laneCondition: (column: string) => ({ sql: `${column} NOT IN (?)`, values: ['x'] }),
  select: () => [],
};

type Call = (tx: Transaction, db: Database) => Promise<unknown>[] | Promise<unknown>;

/** Every function that has SQL written by hand, called in each way that makes another statement. */
const calls: Record<string, Call> = {
  addAttempts: tx => store.addAttempts(tx, ['a', 'b'], 15),
  countAdministrators: tx => store.countAdministrators(tx),
  countOpenOperations: tx => store.countOpenOperations(tx, 'acc_1'),
  deleteDeliveries: tx => store.deleteDeliveries(tx, [{ id: 'dlv_1' }]),
  deleteExpiredSessions: tx => store.deleteExpiredSessions(tx, now, 10),
  deleteExpiredAttempts: tx => store.deleteExpiredAttempts(tx, 10),
  findAccountsPage: tx =>
    actors.flatMap(actor =>
      [true, false].map(async flag => {
        const search = { id: 'acc_1', search: 'x', active: flag, unmanaged: flag, accountManagerId: 'usr_1' };
        await (await store.findAccountsPage(tx, actor, search, page)).count();
      }),
    ),
  findActorOfEmail: tx => store.findActorOfEmail(tx, 'x@y.example'),
  findActorOfSession: tx =>
    store.findActorOfSession(tx, { userId: 'usr_1', sessionId: 'ses_1', sessionVersion: 1 }),
  findActors: tx => store.findActors(tx, ['usr_1']),
  findActorsOfSessions: tx => store.findActorsOfSessions(tx, ['ses_1']),
  findAddonsOf: tx => store.findAddonsOf(tx, ['add_1'], []),
  findAllVisible: tx => owned.map(entity => store.findAllVisible(tx, manager, entity, ['x'])),
  findApiKeysPage: tx => actors.map(actor => store.findApiKeysPage(tx, actor, 'acc_1', page)),
  findAttempts: tx => store.findAttempts(tx, ['a']),
  findBasketToCheckOut: tx => actors.map(actor => store.findBasketToCheckOut(tx, actor, 'bkt_1', null)),
  findCurrentOperations: tx => [
    store.findCurrentOperations(tx, manager, { orderId: null, subscriptionId: null }),
    store.findCurrentOperations(tx, manager, { orderId: 'ord_1', subscriptionId: 'sub_1' }),
  ],
  findDeliveriesOf: tx => store.findDeliveriesOf(tx, 'hook_1', 10),
  findDeliveriesPage: tx =>
    store.findDeliveriesPage(tx, actorWith(Role.CUSTOMER), 'hook_1', [WebhookDeliveryState.PENDING], page),
  findDueRequests: tx => store.findDueRequests(tx, now, 10),
  findEndedPeriods: tx => store.findEndedPeriods(tx, now, 10),
  findEventsPage: async tx => {
    const filter = { userId: 'usr_1', accountId: 'acc_1', types: ['order.placed'], since: now, until: now };
    await (await store.findEventsPage(tx, filter, page)).count();
    for (const objectId of ['prod_1', 'op_1', 'chr_1', 'hook_1'])
      await (await store.findEventsPage(tx, { objectId }, page)).count();
  },
  findFirstPages: async tx => {
    const search = { states: [CloudSubscriptionState.ACTIVE], syncStates: [SyncState.SYNCED], search: 'x' };
    const pages = [
      await store.findFirstPages(tx, manager, store.SUBSCRIPTIONS_OF_ACCOUNT, ['acc_1'], search, 10),
      await store.findFirstPages(
        tx,
        manager,
        store.ORDERS_OF_ACCOUNT,
        ['acc_1'],
        { productId: 'prod_1' },
        10,
      ),
      await store.findFirstPages(
        tx,
        manager,
        store.USERS_OF_ACCOUNT,
        ['acc_1'],
        { roles: [Role.CUSTOMER] },
        10,
      ),
    ];
    await Promise.all(pages.map(found => found.get('acc_1')?.count()));
  },
  findKeyHolders: tx => store.findKeyHolders(tx, ['key_1']),
  findProviderIds: tx => store.findProviderIds(tx, { id: 'acc_1', resellerId: null }, 'usr_1'),
  findLiveSubscriptions: tx => store.findLiveSubscriptions(tx, ['acc_1 svc_1']),
  findNextDelivery: tx => store.findNextDelivery(tx, queue),
  findNextToCompare: tx => store.findNextToCompare(tx, 'impossible-cloud', '', 10),
  findExpiredDeliveries: tx => store.findExpiredDeliveries(tx, now, 10),
  findOpenWork: tx => store.findOpenWork(tx, ['sub_1']),
  findOrderOperations: tx => store.findOrderOperations(tx, ['ord_1', 'ord_2']),
  findOperationSubject: tx => store.findOperationSubject(tx, operation),
  findOrderBySerial: tx => store.findOrderBySerial(tx, manager, 1),
  findOrdersPage: tx =>
    ['', 'x'].map(recipientId =>
      store.findOrdersPage(
        tx,
        manager,
        { states: recipientId ? [OrderState.FAILED] : [], recipientId },
        page,
      ),
    ),
  findPastPricesPage: tx => store.findPastPricesPage(tx, price, page),
  findPerson: tx => store.findPerson(tx, 'x@y.example'),
  findWebhookPosition: tx => store.findWebhookPosition(tx),
  findProductPlace: tx => store.findProductPlace(tx, { id: 'svc_1', code: 'x' }),
  findProductsOf: tx => store.findProductsOf(tx, 'svc_1', ['sku']),
  findResellerPrices: tx => store.findResellerPrices(tx, ['acc_1', 'acc_2']),
  findRequestsPage: tx =>
    store.findRequestsPage(
      tx,
      manager,
      { states: [CancellationRequestState.PENDING], awaiting: Decider.RESELLER },
      page,
    ),
  findOpenRequests: tx => store.findOpenRequests(tx, manager),
  findOwnedPage: tx => store.findOwnedPage(tx, manager, store.ORDERS_OF_ACCOUNT, 'acc_1', {}, page),
  findSubscriptionsPage: tx => store.findSubscriptionsPage(tx, manager, { accountId: 'acc_1' }, page),
  findUnexpiredSession: tx => store.findUnexpiredSession(tx, 'ses_1'),
  findUsersPage: tx =>
    actors.map(actor =>
      store.findUsersPage(tx, actor, { search: 'x', roles: [Role.CUSTOMER], active: true }, page),
    ),
  findVisible: tx => actors.flatMap(actor => owned.map(entity => store.findVisible(tx, actor, entity, 'x'))),
  findWebhooksPage: tx => actors.map(actor => store.findWebhooksPage(tx, actor, 'acc_1', page)),
  claimDue: async tx => {
    for (const entity of [CancellationRequest, SubscriptionChange]) await store.claimDue(tx, entity, 'x');
  },
  insertDeliveries: async tx => {
    const row = { ...queue, id: 'dlv_1', seq: 1, eventType: 'order.placed' };
    await store.insertDeliveries(tx, [row]);
    await store.insertDeliveries(tx, [row, { ...row, id: 'dlv_2', seq: 2 }]);
  },
  insertClaimedServiceAccount: tx => store.insertClaimedServiceAccount(tx, key, 'op_1'),
  claimEscalation: async tx => {
    for (const entity of [CancellationRequest, SubscriptionChange])
      await store.claimEscalation(tx, entity, 'x', { awaiting: Decider.RESELLER, level: 1 });
  },
  findOverdue: async tx => {
    for (const entity of [CancellationRequest, SubscriptionChange])
      await store.findOverdue(tx, entity, { awaiting: Decider.RESELLER, level: 1 }, 24, 10);
  },
  findDueChanges: tx => store.findDueChanges(tx, now, 10),
  findChangesPage: tx =>
    Promise.all(
      actors.map(actor =>
        store.findChangesPage(tx, actor, { states: ['PENDING'], accountId: 'acc_1' }, page),
      ),
    ),
  findOpenChanges: tx => Promise.all(actors.map(actor => store.findOpenChanges(tx, actor))),
  findChargesPage: tx =>
    actors.flatMap(actor =>
      [{}, CHARGES].map(async search => (await store.findChargesPage(tx, actor, search, page)).count()),
    ),
  sumCharges: tx => actors.map(actor => store.sumCharges(tx, actor, CHARGES)),
  findExportedCharges: tx =>
    [null, 'acc_1'].map(accountId =>
      store.findExportedCharges(tx, { from: now, until: now, accountId }, 0, 10, 10),
    ),
  findChargesEndingAfter: tx => store.findChargesEndingAfter(tx, 'sub_1', now),
  findOrdersOfLots: tx => store.findOrdersOfLots(tx, [{ operationId: 'op_1' }]),
  findChargedUntil: tx => store.findChargedUntil(tx, 'sub_1'),
  findDueRenewals: tx => store.findDueRenewals(tx, now, 10),
  findFirstDueRenewal: tx => store.findFirstDueRenewal(tx, now),
  findUncharged: tx => store.findUncharged(tx, 10),
  findScheduled: tx => store.findScheduled(tx, ['sub_1', 'sub_2']),
  storeChargedUntil: tx =>
    store.storeChargedUntil(tx, [
      { id: 'sub_1', chargedUntil: now },
      { id: 'sub_2', chargedUntil: now },
    ]),
  upsertLots: tx =>
    store.upsertLots(tx, [
      Object.assign(new SubscriptionLot(), {
        operationId: 'op_1',
        itemId: 'prod_1',
        subscriptionId: 'sub_1',
        quantity: 1,
        unitMinor: 1,
        retailMinor: null,
        since: now,
      }),
    ]),
  deleteExpiredResets: tx => store.deleteExpiredResets(tx, now, 10),
  findInvitationsOf: tx => store.findInvitationsOf(tx, { id: 'usr_1', email: 'x@x.example' }),
  findOpenInvitation: tx => store.findOpenInvitation(tx, 'x@x.example', now),
  deleteOldMails: tx => store.deleteOldMails(tx, now, 10),
  findMailsAbout: tx => store.findMailsAbout(tx, { id: 'usr_1', name: 'x', email: 'x@x.example' }),
  findMailsPage: tx =>
    Promise.all(
      actors.map(actor => store.findMailsPage(tx, actor, { states: ['SENT'], to: 'x@x.example' }, page)),
    ),
  insertMail: tx => store.insertMail(tx, mail),
  requeueMail: tx => [
    store.requeueMail(tx, { id: 'mail_1', state: MailState.PENDING }),
    store.requeueMail(tx, { id: 'mail_1', state: MailState.SENT }),
  ],
  recordSignInAddress: tx => store.recordSignInAddress(tx, 'usr_1', 'x'),
  findActiveAdministrators: tx => store.findActiveAdministrators(tx),
  findActivePersons: tx => store.findActivePersons(tx, ['usr_1']),
  findActivePersonsOf: tx => store.findActivePersonsOf(tx, 'acc_1', 10),
  interruptImports: tx => store.interruptImports(tx, 'impossible-cloud'),
  isTaken: tx => store.isTaken(tx, Addon, 'sku', 'x', ''),
  registerChore: (_, db) => store.registerChore(db, 'x', 0),
  lastPriceVersion: tx => store.lastPriceVersion(tx, price),
  lockBasketToCheckOut: tx =>
    actors.map(actor => store.lockBasketToCheckOut(tx, actor, 'acc_1', { id: 'bkt_1', version: 1 })),
  lockOperation: tx => [
    store.lockOperation(tx, operation),
    store.lockOperation(tx, Object.assign(new ProvisioningOperation(), operation, { orderId: null })),
  ],
  lockOperationsAtOnce: tx => store.lockOperationsAtOnce(tx, [operation, operation]),
  lockWebhookPosition: tx => store.lockWebhookPosition(tx),
  lockSubscriptions: tx => store.lockSubscriptions(tx, ['sub_1', 'sub_2']),
  lockVisible: tx => owned.map(entity => store.lockVisible(tx, manager, entity, 'x')),
  nextCategoryPosition: tx => store.nextCategoryPosition(tx),
  ensureQueues: tx => store.ensureQueues(tx, [queue, queue]),
  upsertHeldAddons: tx =>
    store.upsertHeldAddons(tx, [{ subscriptionId: 'sub_1', addonId: 'add_1', quantity: 1 }]),
  countChangesToDecide: tx => actors.map(actor => store.countChangesToDecide(tx, actor)),
  countFinishedOperations: tx => actors.map(actor => store.countFinishedOperations(tx, actor)),
  countOrdersToExecute: tx => actors.map(actor => store.countOrdersToExecute(tx, actor)),
  countPendingDeliveries: tx => store.countPendingDeliveries(tx),
  countPendingMails: tx => store.countPendingMails(tx),
  countPlacedOrders: tx => actors.map(actor => store.countPlacedOrders(tx, actor)),
  countRequestsToDecide: tx => actors.map(actor => store.countRequestsToDecide(tx, actor)),
  countTroubledWebhooks: tx => store.countTroubledWebhooks(tx),
  findLastSuccesses: tx => store.findLastSuccesses(tx),
  readBacklogRows: tx => [
    store.readBacklogRows(tx),
    ...actors.map(actor => store.readBacklogRows(tx, actor)),
  ],
  recordKeyUse: tx => store.recordKeyUse(tx, 'key_1', now, now),
  releaseServiceAccounts: tx =>
    store.releaseServiceAccounts(tx, ['acc_1', 'acc_2'], 'op_1', { error: 'x', errorCode: null }),
  replaceProductsOf: tx => store.replaceProductsOf(tx, 'add_1', ['prod_1']),
  resetFailedSteps: tx => store.resetFailedSteps(tx, 'op_1'),
  settleServiceAccount: tx => store.settleServiceAccount(tx, key, 'op_1', 'x'),
  subtractAttempts: tx => store.subtractAttempts(tx, ['a', 'b']),
  claimChore: async (_, db) => [
    await store.claimChore(db, 'x', 1000),
    await store.claimChore(db, 'x', 1000, true),
  ],
  claimServiceAccount: tx => store.claimServiceAccount(tx, key, 'op_1'),
  transition: tx => [
    store.transition(tx, Order, 'ord_1', { state: OrderState.EXECUTING }),
    store.transition(tx, CloudSubscription, 'sub_1', {
      state: CloudSubscriptionState.ACTIVE,
      syncState: SyncState.SYNCED,
    }),
  ],
  tryTransition: tx => store.tryTransition(tx, Order, 'ord_1', { state: OrderState.CANCELLED }),
  wasLicenseRequested: tx => store.wasLicenseRequested(tx, 'sub_1'),
  wasRotatedWithin: tx => store.wasRotatedWithin(tx, 'ses_1', 10),
  writeOperations: tx => {
    const leased = { operation, position: 1, due: { leaseMs: 1000 } };
    return [
      store.writeOperations(tx, [leased]),
      store.writeOperations(tx, [leased, { operation, position: 1, due: 'never' }]),
    ];
  },
  writeOrders: tx => {
    const order = (id: string) => Object.assign(new Order(), { id, state: 'EXECUTING', completedAt: null });
    return [store.writeOrders(tx, [order('ord_1')]), store.writeOrders(tx, [order('ord_1'), order('ord_2')])];
  },
  writeSteps: tx => {
    const changed = (position: number) =>
      advance(tx, OperationStep, Object.assign(new OperationStep(), step, { position }), {
        state: StepState.SUCCEEDED,
      });
    return [store.writeSteps(tx, [changed(0)]), store.writeSteps(tx, [changed(0), changed(1)])];
  },
};

/** The same of the functions that only the store uses, and of jobs and events. */
const inside: Record<string, Call> = {
  listedRows: tx => listCondition(tx, manager, Order),
  createLoaders: tx =>
    [manager, null].flatMap(actor => {
      const loaders = store.createLoaders(tx, actor) as any;
      const names = Object.getOwnPropertyNames(Object.getPrototypeOf(loaders));
      const { visible, ...rest } = Object.fromEntries(names.map(name => [name, loaders[name]]));
      return [...Object.values(visible), ...Object.values(rest)].map((loader: any) => loader.load?.('x'));
    }),
  moveAll: tx =>
    transitionAll(
      tx,
      CloudSubscription,
      { syncState: SyncState.PENDING },
      { sql: 't.orderId = ?', values: ['x'] },
    ),
  writeAdvanced: tx =>
    writeAdvanced(
      tx,
      Order,
      [advance(tx, Order, Object.assign(new Order(), { id: 'x', version: 1, state: 'SUBMITTED' }), {})],
      {
        key: ['id'],
        columns: ['state'],
        unchanged: ['version'],
      },
    ),
  jobs: (_, db) => [
    ...tables.map(table => claimJobs(db, table, capacity, 1000, 1000)),
    ...tables.flatMap(table => {
      const job = { ...operation } as Claimable;
      return [
        renewClaim(db, table, job, 1000),
        releaseClaim(db, table, job, 1000),
        findClaimed(db, table, job),
      ];
    }),
    shortenWaits(db, 1000, 1000),
  ],
  events: (tx, db) => [
    numberEvents(db),
    readLogState(db),
    readLogLag(tx),
    lastSeq(tx),
    lastChargeSeq(tx),
    firstSeqAfter(tx, 1),
    eraseNameFromEvents(tx, { userId: 'usr_1', name: 'x', pseudonym: 'y' }),
    removeOldEvents(db, 30),
    new EventRetention(db, 30, { warn: () => undefined }).run(),
  ],
};

/** Every statement that the calls send. */
async function record(all: Record<string, Call>): Promise<Map<string, readonly Value[]>> {
  const { dataSource } = gateway.app.deps.db.manager;
  const statements = new Map<string, readonly Value[]>();
  for (const [name, call] of Object.entries(all)) {
    const recorder = new Recorder(new RowMapper(dataSource), { statements: 0 });
    // What follows a missing row does not matter.
    const made = call(recorder as unknown as Transaction, recorder as unknown as Database);
    await Promise.allSettled([made].flat());
    expect([name, recorder.sent.length]).not.toEqual([name, 0]);
    for (const [sql, values] of recorder.sent) statements.set(sql, values);
  }
  return statements;
}

/** What sends SQL of its own, as its source says. */
const BY_HAND =
  /\.(rows|execute|many|one|joined|count)\(|moveAll\)?\(|writeAdvanced\)?\(|find(Planned)?Page\)?\(/;

test('every function of the store with SQL of its own is called here', () => {
  const byHand = Object.entries(store).filter(
    ([, value]) => typeof value === 'function' && BY_HAND.test(String(value)),
  );
  expect(byHand.length).toBeGreaterThan(50);
  expect(byHand.map(([name]) => name).filter(name => !Object.hasOwn(calls, name))).toEqual([]);
});

test('every statement written by hand is prepared by the server, and uses the index that it names', async () => {
  const statements = await record({ ...calls, ...inside });
  expect(statements.size).toBeGreaterThan(150);
  const connection = createConnection(gateway.settings.databaseUrl);
  const refused: string[] = [];
  for (const sql of statements.keys()) {
    const failed = await new Promise<string | undefined>(resolve =>
      connection.prepare(sql, (error, prepared) => {
        if (!error) prepared.close();
        resolve(error ? `${error.message}: ${sql}` : undefined);
      }),
    );
    if (failed) refused.push(failed);
  }
  expect(refused).toEqual([]);
  connection.destroy();

  const named = [...statements].filter(([sql]) => sql.includes('FORCE INDEX'));
  expect(named.length).toBeGreaterThan(8);
  for (const [sql, values] of named) {
    const indexes = [...sql.matchAll(/FORCE INDEX \((\w+)\)/g)].map(([, index]) => index);
    const plan = await gateway.app.deps.db.rows<Record<'possible_keys' | 'key' | 'Extra', string | null>>(
      `EXPLAIN FORMAT=TRADITIONAL ${sql}`,
      values.map(value => value ?? null),
    );
    const possible = plan.flatMap(row => [row.possible_keys ?? row.Extra, row.key]);
    // No row has the ids of the calls, which the server knows before it plans.
    if (possible.some(each => /^Impossible WHERE|^no matching row/.test(each ?? ''))) continue;
    expect([sql, possible]).toEqual([sql, expect.arrayContaining(indexes)]);
  }
});
