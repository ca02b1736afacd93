import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { RESELLER } from '../support/demo';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process';
import { operationText } from '../support/operations';
import { type OtlpReceiver, type Span, startOtlpReceiver } from '../support/otlp-receiver';
import { startOutside } from '../support/outside';
import { doing } from '../support/provider/simulator';
import { newKey } from '../support/shop';
import { newSession } from '../support/sign-in';
import { connect } from '../support/sockets';

const PRODUCT = demoId('prod', 'IC-BASE-1TB');
const [INTERNAL, SERVER, CLIENT, CONSUMER] = [1, 2, 3, 5];
/** A caller's own trace. */
const CALLER = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

let receiver: OtlpReceiver;
let outside: Awaited<ReturnType<typeof startOutside>>;
let reseller: string;
let track: { id: string; trackId: string };
let requestId: string | null;

/** A gateway that traces to `collector`, in a process of its own: what is exported is not the test's own doing. */
const traced = (collector: string, more: Record<string, string> = {}) =>
  startGatewayProcess({
    ...outside.env,
    PROVIDER_TIMEOUT_MS: '2000',
    LEASE_MS: '5000',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector,
    OTEL_SERVICE_NAME: 'skybasket-test',
    ...more,
  });

/** Takes an order as far as the checkout; resolves to the variables of it. */
async function untilCheckout({ send }: GatewayProcess, recipient: string): Promise<object> {
  const call = (field: string, type: string, input: object) =>
    send(
      reseller,
      `mutation ($input: ${type}!) { ${field}(input: $input) { basket { id } errors { message } } }`,
      { input },
    );
  await call('addToBasket', 'AddToBasketInput', { productId: PRODUCT });
  await call('chooseRecipient', 'ChooseRecipientInput', { accountId: accountId(recipient) });
  const { confirmBilling } = await call('confirmBilling', 'ConfirmBillingInput', {});
  return { input: { basketId: confirmBilling.basket.id, idempotencyKey: newKey() } };
}

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  outside = await startOutside();
  reseller = await newSession(outside.first, RESELLER);
  await outside.first.stop();
  const gateway = await traced(receiver.url);
  const variables = await untilCheckout(gateway, 'Alpine Dental');
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${reseller}`,
      traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01`,
    },
    body: JSON.stringify({ query: operationText('13-checkout'), variables }),
  });
  requestId = response.headers.get('x-request-id');
  await response.text();
  const live = await connect(gateway.url, reseller);
  live.send({ type: 'subscribe', id: '1', payload: { query: operationText('16-orders') } });
  await live.next(({ type }) => type === 'complete');
  live.socket.terminate();
  await outside.settled();
  [track] = (await outside.rows('SELECT id, trackId FROM operations')) as [typeof track];
  // Whoever stops sends what is left.
  expect(await gateway.stop()).toBe(0);
}, 60_000);
afterAll(async () => {
  await outside.stop();
  await receiver.stop();
});

const named = (name: string): Span => {
  const found = receiver.spans.filter(span => span.name === name);
  expect([name, found.length]).toEqual([name, 1]);
  return found[0] as Span;
};
const below = (parent: Span) => receiver.spans.filter(({ parentSpanId }) => parentSpanId === parent.spanId);
const names = (spans: Span[]) => spans.map(({ name }) => name);

test('spans are exported as OTLP requires', () => {
  expect(new Set(receiver.requests.map(({ path, type }) => `${path} ${type}`))).toEqual(
    new Set(['/v1/traces application/json']),
  );
  expect(new Set(receiver.spans.map(({ service }) => service))).toEqual(new Set(['skybasket-test']));
});

test("a mutation continues the caller's trace: request, operation and provider call", () => {
  const mutation = named('mutation Checkout');
  const request = receiver.spans.find(({ spanId }) => spanId === mutation.parentSpanId);
  expect(request).toMatchObject({
    ...CALLER,
    spanId: request?.spanId,
    parentSpanId: CALLER.spanId,
    kind: SERVER,
  });
  expect(request?.attributes).toMatchObject({
    'http.request.method': 'POST',
    'http.response.status_code': 200,
    'skybasket.request.id': requestId,
  });
  expect(mutation).toMatchObject({ traceId: CALLER.traceId, kind: INTERNAL, status: 0 });
  expect(mutation.attributes['skybasket.outcome']).toBe('ok');
  expect(mutation.attributes['skybasket.statements']).toBeGreaterThan(5);
  expect(names(below(mutation))).toEqual(['impossible-cloud precheck']);
});

test('the mutation is linked to its provisioning, whose trace id is the track id', () => {
  const mutation = named('mutation Checkout');
  const root = named('PROVISION is waiting');
  expect(mutation.links).toEqual([
    expect.objectContaining({
      traceId: root.traceId,
      spanId: root.spanId,
      attributes: { 'skybasket.track_id': track.trackId },
    }),
  ]);
  expect(root.parentSpanId).toBe('');
  expect(root.attributes).toMatchObject({
    'skybasket.track_id': track.trackId,
    'skybasket.operation.id': track.id,
  });
});

test('provisioning has a span for each step and each provider call', async () => {
  const root = named('PROVISION is waiting');
  const [work, ...more] = below(root);
  expect(more).toEqual([]);
  expect(work).toMatchObject({ name: 'PROVISION', kind: CONSUMER, traceId: root.traceId, status: 0 });
  const steps = below(work as Span);
  expect(names(steps)).toEqual(['SYNCHRONIZE_RESELLER', 'IMPORT_CUSTOMER', 'ASSIGN_LICENSE']);
  expect(steps.map(({ attributes }) => attributes['skybasket.attempt'])).toEqual([1, 1, 1]);
  expect(steps.map(step => names(below(step)))).toEqual([
    ['impossible-cloud accounts.find', 'impossible-cloud accounts.synchronize'],
    ['impossible-cloud accounts.find', 'impossible-cloud accounts.synchronize'],
    ['impossible-cloud createSubscription'],
  ]);
  const calls = steps.flatMap(below);
  for (const call of calls) {
    expect(call).toMatchObject({ kind: CLIENT, traceId: root.traceId });
    expect(call.attributes).toMatchObject({
      'skybasket.track_id': track.trackId,
      'skybasket.provider': 'impossible-cloud',
    });
  }
  // With the pre-check, these are all the calls that the provider got.
  const got = Object.values((await outside.provider.ledger()).calls).reduce((sum, count) => sum + count, 0);
  expect(calls.length + 1).toBe(got);
});

test('the id of the trace is the UUID of the track id, which the provider was sent', () => {
  const { traceId } = named('PROVISION is waiting');
  // A UUID of version 7.
  expect(traceId).toMatch(/^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
});

test('an operation over a WebSocket has a span of its own', () => {
  const span = named('query Orders');
  expect(span).toMatchObject({ kind: SERVER, parentSpanId: '' });
});

test('a rejection by the provider is an error of its call and of its step', async () => {
  const second = await startOtlpReceiver();
  const gateway = await traced(second.url, { OTEL_TRACES_SAMPLER_ARG: '0' });
  const variables = await untilCheckout(gateway, 'Birch Legal');
  await outside.provider.setFaults(doing('refuse', { endpoint: 'subscriptions/create', checkOnly: false }));
  await gateway.send(reseller, operationText('13-checkout'), variables);
  await outside.settled();
  await gateway.stop();
  await second.stop();
  // No request is traced when their share is none; what workers do is.
  expect(second.spans.filter(({ name }) => /mutation|query|graphql/.test(name))).toEqual([]);
  const failed = second.spans.filter(({ status }) => status === 2);
  expect(names(failed).sort()).toEqual(['ASSIGN_LICENSE', 'impossible-cloud createSubscription']);
  expect(second.spans.find(({ name }) => name === 'PROVISION is waiting')?.parentSpanId).toBe('');
}, 60_000);

test('an unreachable collector does not prevent serving or stopping', async () => {
  const gateway = await traced('http://127.0.0.1:1');
  expect(await gateway.send(reseller, '{ viewer { name } }', {})).toHaveProperty('viewer.name');
  expect(await gateway.stop()).toBe(0);
}, 60_000);
