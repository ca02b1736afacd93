import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import WebSocket from 'ws';
import {
  CANCELLATION_UPDATES,
  createSender,
  followCancellations,
  followOrders,
  followSubscriptions,
  GraphQLRequestError,
  ORDER_UPDATES,
  PROVISIONING_UPDATES,
  type ProvisioningMessage,
  REFRESH_TOKEN,
  SIGN_IN,
  SIGN_OUT,
  StreamRefusedError,
  SUBSCRIPTION_UPDATES,
} from '../../client';
import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { faults } from '../support/provider/of-gateway';
import { newKey, shopper } from '../support/shop';
import { read, readUntil, Sockets, succeeded, told } from './reader';

const STEPS = [
  'CREATE_SUBSCRIPTION',
  'SYNCHRONIZE_RESELLER',
  'IMPORT_CUSTOMER',
  'ASSIGN_LICENSE',
  'ASSIGN_ADDONS',
  'ACTIVATE_SERVICE',
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.reset());

/** A delay for every call to the provider, so that there is a middle. */
async function slowProvider(delayMs: number): Promise<void> {
  await faults(gateway, { times: null, delayMs });
}

async function order(recipient = 'Alpine Dental'): Promise<string> {
  const line = {
    productId: demoId('prod', 'IC-BASE-1TB'),
    addons: [{ addonId: demoId('add', 'IC-ADD-1TB'), quantity: 2 }],
  };
  const { order: placed, errors } = await shopper(gateway, RESELLER).order(line, accountId(recipient));
  expect(errors).toEqual([]);
  return placed.id;
}

/** Follows all that the reseller may see while an order is placed; what came, the snapshot before it first. */
async function wholeOrder(): Promise<ProvisioningMessage[]> {
  const messages = read(gateway, RESELLER);
  const first = await messages.next();
  await order();
  return [first.value, ...(await readUntil(messages, succeeded))];
}

const steps = (messages: ProvisioningMessage[]) =>
  messages.flatMap(message =>
    message.__typename === 'ProvisioningUpdate' && message.step ? [[message.step, message.stepState]] : [],
  );

const failure = async (messages: AsyncIterable<unknown>): Promise<any> => {
  for await (const message of messages) throw new Error(`A message came: ${JSON.stringify(message)}`);
};

test('the documents of the client are those of schema/operations', () => {
  const file = (name: string) => readFileSync(resolve('schema/operations', `${name}.graphql`), 'utf8');
  expect(SIGN_IN).toBe(file('01-sign-in'));
  expect(REFRESH_TOKEN).toBe(file('42-refresh-token'));
  expect(SIGN_OUT).toBe(file('43-sign-out'));
  expect(PROVISIONING_UPDATES).toBe(file('14-provisioning-updates'));
  expect(CANCELLATION_UPDATES).toBe(file('24-cancellation-updates'));
  expect(ORDER_UPDATES).toBe(file('50-order-updates'));
  expect(SUBSCRIPTION_UPDATES).toBe(file('51-subscription-updates'));
});

test('a stream sends a snapshot, then every step in order; the last message equals a query', async () => {
  const messages = await wholeOrder();
  expect(messages[0]).toMatchObject({ __typename: 'ProvisioningSnapshot', operations: [] });
  expect(steps(messages)).toEqual(
    STEPS.flatMap(step =>
      step === 'CREATE_SUBSCRIPTION' || step === 'ACTIVATE_SERVICE'
        ? [[step, 'SUCCEEDED']]
        : [
            [step, 'RUNNING'],
            [step, 'SUCCEEDED'],
          ],
    ),
  );
  const last = messages.at(-1) as ProvisioningMessage & { __typename: 'ProvisioningUpdate' };
  const document = readFileSync(resolve('schema/operations/15-order.graphql'), 'utf8');
  const { data } = await gateway.send(await gateway.token(RESELLER), document, {
    id: last.operation.order?.id,
  });
  expect(data.order.state).toBe('COMPLETED');
  expect(data.order.operations).toEqual([last.operation]);
  expect(last.operation.steps.map(({ name }) => name)).toEqual(STEPS);
  expect(new Set(messages.map(({ cursor }) => cursor)).size).toBe(messages.length);
});

test('any cursor of an order resumes with exactly the later messages', async () => {
  const messages = await wholeOrder();
  for (const [index, { cursor }] of messages.entries()) {
    const rest = messages.slice(index + 1);
    // What comes behind the last one is another order's: it shows that nothing else came before.
    const reader = read(gateway, RESELLER, { after: cursor });
    const got = rest.length === 0 ? [] : await readUntil(reader, (_, count) => count === rest.length);
    expect(got.map(told)).toEqual(rest.map(told));
    await reader.return?.();
  }
});

test('the last cursor gets no message until the next event', async () => {
  const messages = await wholeOrder();
  const reader = read(gateway, RESELLER, { after: messages.at(-1)?.cursor ?? '' });
  const next = reader.next();
  const placed = await order('Birch Legal');
  const { value } = await next;
  expect(value).toMatchObject({ __typename: 'ProvisioningUpdate', operation: { order: { id: placed } } });
  await reader.return?.();
  await gateway.settled();
});

test('a connection that is cut after every message loses and repeats nothing', async () => {
  await slowProvider(40);
  const [sockets, states] = [new Sockets(), [] as string[]];
  const whole = read(gateway, RESELLER);
  await whole.next();
  const cut = read(gateway, RESELLER, {
    webSocketImpl: sockets.implementation,
    onInterrupted: () => states.push('interrupted'),
    onResumed: () => states.push('resumed'),
  });
  await cut.next();
  await order();
  const [all, got] = await Promise.all([
    readUntil(whole, succeeded),
    readUntil(cut, message => {
      if (!succeeded(message)) sockets.cut();
      return succeeded(message);
    }),
  ]);
  expect(got.map(told)).toEqual(all.map(told));
  expect(states.filter(state => state === 'resumed').length).toBe(sockets.opened.length - 1);
  expect(sockets.opened.length).toBeGreaterThan(2);
});

test('a rejected token is replaced by a new one', async () => {
  const tokens = ['an old one', 'another', await gateway.token(RESELLER)];
  const reader = read(gateway, RESELLER, { token: () => tokens.shift() ?? '' });
  expect((await reader.next()).value).toMatchObject({ __typename: 'ProvisioningSnapshot' });
  await reader.return?.();
  expect(tokens).toEqual([]);
});

test('tokens that are always rejected end the stream', async () => {
  const refused = failure(read(gateway, RESELLER, { token: () => 'a bad one' }));
  await expect(refused).rejects.toBeInstanceOf(StreamRefusedError);
  await expect(refused).rejects.toMatchObject({ closeCode: 4403 });
});

test('a cursor that this stream did not issue is rejected', async () => {
  const placed = await order();
  await gateway.settled();
  const [ofOrder] = await readUntil(read(gateway, RESELLER, { orderId: placed }), () => true);
  const cursor = ofOrder?.cursor ?? '';
  const future = cursor.replace(/^[^-]+/, 'zzzzzz');
  for (const wrong of [
    { after: 'abc' },
    { after: cursor },
    { after: future, orderId: placed },
    {
      after: cursor,
      subscriptionId:
        ofOrder?.__typename === 'ProvisioningSnapshot' ? (ofOrder.operations[0]?.subscription.id ?? '') : '',
    },
  ]) {
    const refused = failure(read(gateway, RESELLER, wrong));
    await expect(refused).rejects.toBeInstanceOf(GraphQLRequestError);
    await expect(refused).rejects.toMatchObject({ codes: ['BAD_CURSOR'] });
  }
});

test("another tenant's order is answered with the bytes of an order that does not exist", async () => {
  const placed = await order();
  const unknown = `ord_01k${placed
    .slice(7)
    .split('')
    .reverse()
    .join('')
    .replace(/[^0-9a-hjkmnp-tv-z]/g, '0')}`;
  const answers = [];
  for (const orderId of [placed, unknown]) {
    const sockets = new Sockets();
    const options = { orderId, webSocketImpl: sockets.implementation };
    await expect(failure(read(gateway, 'sales@harbor.example', options))).rejects.toMatchObject({
      codes: ['NOT_FOUND'],
    });
    answers.push(sockets.frames.map(frame => frame.replace(/"id":"[^"]+"/, '"id":"…"')));
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.join()).toContain('NOT_FOUND');
  await gateway.settled();
});

test('a stream ends by its signal and by return, also while it waits', async () => {
  const stop = new AbortController();
  const [bySignal, byReturn] = [read(gateway, RESELLER, { signal: stop.signal }), read(gateway, RESELLER)];
  await Promise.all([bySignal.next(), byReturn.next()]);
  const waiting = [bySignal.next(), byReturn.next()];
  stop.abort();
  await byReturn.return?.();
  expect(await Promise.all(waiting)).toEqual([
    { done: true, value: undefined },
    { done: true, value: undefined },
  ]);
});

test('an account manager receives new and closed cancellation requests', async () => {
  await order();
  await gateway.settled();
  const manager = 'manager@bss.example';
  const requests = followCancellations({
    url: gateway.url.replace('http', 'ws').concat('/graphql'),
    token: () => gateway.token(manager),
    webSocketImpl: WebSocket,
  });
  expect((await requests.next()).value).toMatchObject({ __typename: 'CancellationSnapshot', requests: [] });
  const [subscription] = await gateway.rows<{ id: string }>('SELECT id FROM subscriptions');
  const { cancellationRequest } = await shopper(gateway, RESELLER).call(
    'requestCancellation',
    'RequestCancellationInput',
    { subscriptionId: subscription?.id, idempotencyKey: newKey() },
    'cancellationRequest { id }',
  );
  expect((await requests.next()).value.request).toMatchObject({
    id: cancellationRequest.id,
    state: 'PENDING',
  });
  await shopper(gateway, manager).call(
    'decideCancellation',
    'DecideCancellationInput',
    { requestId: cancellationRequest.id, decision: 'REJECT', idempotencyKey: newKey() },
    'cancellationRequest { id }',
  );
  expect((await requests.next()).value.request).toMatchObject({
    id: cancellationRequest.id,
    state: 'REJECTED',
  });
  await requests.return?.();
});

test('orders and subscriptions are followed, all or one of them, and resumed from a cursor', async () => {
  const options = {
    url: gateway.url.replace('http', 'ws').concat('/graphql'),
    token: () => gateway.token(RESELLER),
    webSocketImpl: WebSocket,
  };
  const orders = followOrders(options);
  const subscriptions = followSubscriptions(options);
  expect((await orders.next()).value).toMatchObject({ __typename: 'OrderSnapshot', orders: [] });
  expect((await subscriptions.next()).value).toMatchObject({ subscriptions: [], truncated: false });
  const orderId = await order();
  const { value: placed } = await orders.next();
  expect(placed).toMatchObject({ type: 'order.placed', order: { id: orderId, externalReference: null } });
  const { value: created } = await subscriptions.next();
  expect(created).toMatchObject({ type: 'subscription.created', subscription: { state: 'PENDING' } });
  await gateway.settled();

  const { cursor: after } = placed;
  const rest = followOrders({ ...options, after });
  for (const type of ['order.executing', 'order.completed']) {
    expect((await rest.next()).value).toMatchObject({ type, order: { id: orderId } });
  }
  const subscriptionId = created.subscription.id;
  const activated = followSubscriptions({ ...options, after: created.cursor });
  expect((await activated.next()).value).toMatchObject({
    type: 'subscription.activated',
    subscription: { id: subscriptionId, state: 'ACTIVE' },
  });
  const one = followOrders({ ...options, orderId });
  expect((await one.next()).value.orders).toMatchObject([{ id: orderId, state: 'COMPLETED' }]);
  const its = followSubscriptions({ ...options, subscriptionId });
  expect((await its.next()).value.subscriptions).toMatchObject([{ id: subscriptionId, state: 'ACTIVE' }]);
  for (const stream of [orders, subscriptions, rest, activated, one, its]) await stream.return?.();
});

test('the sender returns data, and throws the codes of top-level errors', async () => {
  const anonymous = createSender({ url: `${gateway.url}/graphql` });
  const { signIn } = await anonymous(SIGN_IN, { input: { email: RESELLER, password: 'demo' } });
  expect(signIn.errors).toEqual([]);
  const send = createSender({ url: `${gateway.url}/graphql`, token: () => signIn.token ?? '' });
  const viewer = readFileSync(resolve('schema/operations/02-viewer.graphql'), 'utf8');
  expect(await send(viewer, {})).toMatchObject({ viewer: { email: RESELLER } });
  await expect(anonymous(viewer, {})).rejects.toMatchObject({ codes: ['UNAUTHENTICATED'] });
  const forged = createSender({ url: `${gateway.url}/graphql`, token: () => 'forged' });
  await expect(forged(viewer, {})).rejects.toMatchObject({ codes: ['UNAUTHENTICATED'], status: 401 });
  const elsewhere = createSender({ url: gateway.url });
  await expect(elsewhere(viewer, {})).rejects.toBeInstanceOf(GraphQLRequestError);
});
