import type { AppOptions } from '../../src/app-options';
import { product } from './catalog';
import { startTestGateway, type TestConfig, type TestGateway } from './gateway';
import { startRecordingProxy } from './recording-proxy';
import { ERRORS, newKey, ORDER, shopper } from './shop';

const BLOCKED = `action allowed blockedBy { __typename code message path
  ... on CancellationAlreadyRequestedError { request { id } }
  ... on ChangeAlreadyRequestedError { change { id } }
  ... on ActiveSubscriptionExistsError { subscription { id } } }`;

/** A cancellation request with all that tests look at. */
const REQUEST = `
  id version state awaiting timing reason decisionNote decidedAt completedAt requestedBy { email } decidedBy { email }
  subscription { id state syncState }`;

const CONTENTS = 'product { sku } addons { addon { sku } quantity } capacityBytes recurringTotal { amount }';

/** A change with all that tests look at. */
const CHANGE = `
  id version kinds state awaiting timing effectiveAt reason decisionNote decidedAt completedAt
  from { ${CONTENTS} } to { ${CONTENTS} } requestedBy { email } decidedBy { email }
  subscription { id state syncState } operation { id kind state }`;

/** A subscription with all that tests look at. */
const SUBSCRIPTION = `
  id version state syncState friendlyName capacityBytes externalId billingCycle currentPeriodEnd suspendedAt suspensionReason cancelledAt
  recurringTotal { amount } product { sku } change { id state } account { name } addons { addon { sku } quantity } cancellationRequest { id state }
  operations { id kind state steps { name state attempts error { code providerCode } } }
  availableActions { ${BLOCKED} }`;

const OPERATION = `id kind state steps { name state attempts error { code } }`;

/** What a user can do in storefront and back office: everything of `shopper`, and the rest of the mutations. */
export function person(gateway: TestGateway, email: string) {
  const shop = shopper(gateway, email);
  const { call, send } = shop;
  const read = async (query: string, variables: object) => {
    const { data, errors } = await send(query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const keyed = (input: object) => ({ idempotencyKey: newKey(), ...input });
  const self = {
    ...shop,
    place: (input: object) => call('placeOrder', 'PlaceOrderInput', keyed(input), `order { ${ORDER} }`),
    execute: (input: object) => call('executeOrder', 'ExecuteOrderInput', keyed(input), `order { ${ORDER} }`),
    cancelOrder: (input: object) => call('cancelOrder', 'CancelOrderInput', input, `order { ${ORDER} }`),
    request: (input: object) =>
      call(
        'requestCancellation',
        'RequestCancellationInput',
        keyed(input),
        `cancellationRequest { ${REQUEST} }`,
      ),
    withdraw: (input: object) =>
      call('withdrawCancellation', 'WithdrawCancellationInput', input, `cancellationRequest { ${REQUEST} }`),
    decide: (input: object) =>
      call(
        'decideCancellation',
        'DecideCancellationInput',
        keyed(input),
        `cancellationRequest { ${REQUEST} }`,
      ),
    preview: async (input: object) =>
      (
        await read(
          `query ($input: PreviewSubscriptionChangeInput!) { previewSubscriptionChange(input: $input) {
             preview { kinds from { ${CONTENTS} } to { ${CONTENTS} } effectiveAt needsDecision } ${ERRORS} } }`,
          { input },
        )
      ).previewSubscriptionChange,
    change: (input: object) =>
      call(
        'requestSubscriptionChange',
        'RequestSubscriptionChangeInput',
        keyed(input),
        `subscriptionChange { ${CHANGE} }`,
      ),
    withdrawChange: (input: object) =>
      call(
        'withdrawSubscriptionChange',
        'WithdrawSubscriptionChangeInput',
        input,
        `subscriptionChange { ${CHANGE} }`,
      ),
    decideChange: (input: object) =>
      call(
        'decideSubscriptionChange',
        'DecideSubscriptionChangeInput',
        keyed(input),
        `subscriptionChange { ${CHANGE} }`,
      ),
    seeChange: async (id: string) =>
      (await read(`query ($id: ID!) { subscriptionChange(id: $id) { ${CHANGE} } }`, { id }))
        .subscriptionChange,
    suspend: (input: object) =>
      call(
        'suspendSubscription',
        'SuspendSubscriptionInput',
        keyed({ reason: 'Unpaid', ...input }),
        `subscription { ${SUBSCRIPTION} }`,
      ),
    resume: (input: object) =>
      call('resumeSubscription', 'ResumeSubscriptionInput', keyed(input), `subscription { ${SUBSCRIPTION} }`),
    retry: (input: object) =>
      call('retryProvisioning', 'RetryProvisioningInput', keyed(input), `operation { ${OPERATION} }`),
    abandon: (input: object) =>
      call(
        'abandonOperation',
        'AbandonOperationInput',
        keyed({ reason: 'Not wanted any more', ...input }),
        `operation { ${OPERATION} } undo { ${OPERATION} }`,
      ),
    rename: (input: object) =>
      call('renameSubscription', 'RenameSubscriptionInput', input, `subscription { ${SUBSCRIPTION} }`),
    /** The order as this user sees it, with what it can do. */
    seeOrder: async (id: string) =>
      (await read(`query ($id: ID!) { order(id: $id) { ${ORDER} availableActions { ${BLOCKED} } } }`, { id }))
        .order,
    /** The subscription as this user sees it, with what it can do. */
    seeSubscription: async (id: string) =>
      (await read(`query ($id: ID!) { subscription(id: $id) { ${SUBSCRIPTION} } }`, { id })).subscription,
    seeRequest: async (id: string) =>
      (await read(`query ($id: ID!) { node(id: $id) { ... on CancellationRequest { ${REQUEST} } } }`, { id }))
        .node,
    /** Places an order in the BSS that has to be accepted; resolves to it. */
    async placed(recipientId: string, ...lines: object[]) {
      const { order, errors } = await self.place({ recipientId, lines });
      expect(errors).toEqual([]);
      return order;
    },
    /** The same, executed and provisioned. */
    async provisioned(recipientId: string, ...lines: object[]) {
      const { id } = await self.placed(recipientId, ...lines);
      const { errors } = await self.execute({ orderId: id });
      expect(errors).toEqual([]);
      await gateway.settled();
      return self.seeOrder(id);
    },
    /** An active subscription of the smallest storage for `recipientId`; resolves to its id. */
    async liveSubscription(recipientId: string): Promise<string> {
      const order = await self.provisioned(recipientId, { productId: product('IC-BASE-1TB') });
      expect(order.state).toBe('COMPLETED');
      return order.lines[0].subscription.id;
    },
    /** A suspended subscription of the smallest storage for `recipientId`; resolves to its id. */
    async suspendedSubscription(recipientId: string): Promise<string> {
      const subscriptionId = await self.liveSubscription(recipientId);
      expect((await self.suspend({ subscriptionId })).errors).toEqual([]);
      await gateway.settled();
      return subscriptionId;
    },
    /** Asks for the end and has to be let; resolves to the request. */
    async requested(subscriptionId: string, input: object = {}) {
      const { cancellationRequest, errors } = await self.request({ subscriptionId, ...input });
      expect(errors).toEqual([]);
      return cancellationRequest;
    },
  };
  return self;
}

/** A user of storefront or back office. */
export type Person = ReturnType<typeof person>;

/** The demo users that the back office is about. */
export function people(gateway: TestGateway) {
  return {
    buyer: person(gateway, 'buyer@northwind.example'),
    otherBuyer: person(gateway, 'buyer@contoso.example'),
    reseller: person(gateway, 'sales@skyline.example'),
    otherReseller: person(gateway, 'sales@harbor.example'),
    manager: person(gateway, 'manager@bss.example'),
    otherManager: person(gateway, 'manager2@bss.example'),
    admin: person(gateway, 'admin@bss.example'),
  };
}

/** A gateway behind a proxy that can hold its calls to the provider, and the people who use it. */
export async function startBackOffice(options: AppOptions = {}, config: TestConfig = {}) {
  const proxy = await startRecordingProxy();
  // Long enough for a busy machine: what is held is let go by the test.
  const gateway = await startTestGateway(options, {
    provider: { baseUrl: proxy.url, timeoutMs: 20_000 },
    ...config,
  });
  proxy.target = gateway.simulator.url;
  return {
    gateway,
    proxy,
    who: people(gateway),
    /** Another user. */
    person: (email: string) => person(gateway, email),
    async reset() {
      proxy.release();
      await gateway.reset();
      proxy.calls.length = 0;
    },
    async stop() {
      proxy.release();
      await gateway.stop();
      await proxy.stop();
    },
  };
}

/** What `startBackOffice` starts. */
export type BackOffice = Awaited<ReturnType<typeof startBackOffice>>;

/** How often each of `values` occurs. */
export function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** The steps of an operation in one line each. */
export const stepsOf = (operation: { steps: { name: string; state: string; attempts: number }[] }) =>
  operation.steps.map(({ name, state, attempts }) => `${name} ${state} ${attempts}`);
