import { RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { type Receiver, startReceiver } from '../support/receiver';
import { endOf, PAUSES } from '../support/retry-after';
import { until } from '../support/until';
import { webhooksOf } from '../support/webhooks';

const webhooks = {
  retries: { firstMs: 10, maxMs: 40, maxAttempts: 200, totalMs: 120_000 },
  limits: { slots: 4, failureThreshold: 1000, openMs: 50 },
};

let gateway: TestGateway;
let receiver: Receiver;
beforeAll(async () => {
  gateway = await startTestGateway({ webhooks });
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  await gateway.reset();
  receiver = await startReceiver();
});
afterEach(() => receiver.stop());

test.each(PAUSES)(
  'a receiver that answers %i with Retry-After in %s is not called before',
  async (status, _, form) => {
    const retryAfter = form();
    const calls: { at: number; id: string }[] = [];
    receiver.behave = ({ id }) => {
      calls.push({ at: Date.now(), id });
      return calls.length === 1 ? { status, headers: { 'retry-after': retryAfter } } : undefined;
    };
    const owner = webhooksOf(gateway, RESELLER);
    const { webhook } = await owner.create({ url: receiver.url });
    // The second message waits for the receiver too.
    for (const _message of [1, 2]) await owner.test(webhook.id);
    await until(() => receiver.taken.length === 2, { withinMs: 20_000 });
    const [refused, ...later] = calls;
    expect(later.map(({ id }) => id)).toContain(refused?.id);
    expect(later).toHaveLength(2);
    const end = endOf(retryAfter, refused?.at ?? 0);
    for (const { at } of later) expect(at).toBeGreaterThanOrEqual(end);
  },
);
