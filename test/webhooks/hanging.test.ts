import { typeid } from 'typeid-js';
import { accountId } from '../../dev/demo-data';
import { newWebhookSecret } from '../../src/webhooks';
import { people } from '../support/back-office';
import { product } from '../support/catalog';
import { RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { type Receiver, startReceiver } from '../support/receiver';
import { until } from '../support/until';
import { webhooksOf } from '../support/webhooks';

const HANGING = 200;
/** No attempt that hangs ends within the test: the places that it takes are not given back. */
const NEVER_MS = 600_000;

let gateway: TestGateway;
let healthy: Receiver;
let hanging: Receiver;
beforeEach(async () => {
  gateway = await startTestGateway(
    {},
    {
      webhooks: {
        key: 'a key of the tests that is long enough',
        allowPrivate: true,
        timeoutMs: NEVER_MS,
        disableDays: 3,
      },
    },
  );
  healthy = await startReceiver();
  hanging = await startReceiver();
}, 60_000);
afterEach(async () => {
  await gateway.stop();
  await healthy.stop();
  await hanging.stop();
}, 60_000);

/** As many webhooks as no account may have, so their rows are copies of the one that it has. */
async function copy(webhookId: string, url: string): Promise<void> {
  const { secrets } = gateway.app.deps.webhooks;
  const [row] = await gateway.rows('SELECT * FROM webhooks WHERE id = ?', [webhookId]);
  const columns = Object.keys(row ?? {}).filter(
    column => !['id', 'secret', 'url', 'eventTypes'].includes(column),
  );
  for (let nth = 0; nth < HANGING; nth += 1) {
    const id = typeid('hook').toString();
    await gateway.rows(
      `INSERT INTO webhooks (id, secret, url, eventTypes, ${columns.join(', ')})
       SELECT ?, ?, ?, eventTypes, ${columns.join(', ')} FROM webhooks WHERE id = ?`,
      [id, secrets.seal(newWebhookSecret(), id), url, webhookId],
    );
  }
}

async function order(customer: string): Promise<void> {
  const { manager } = people(gateway);
  const { id } = await manager.placed(accountId(customer), { productId: product('IC-BASE-1TB') });
  await manager.execute({ orderId: id });
}

/** The events that the account is told of are all with the healthy receiver. */
async function allTaken(): Promise<void> {
  await gateway.settled();
  await until(async () => {
    const [row] = await gateway.rows('SELECT COUNT(*) AS open FROM events WHERE seq IS NULL');
    return row?.open === 0;
  });
  const [told] = await gateway.rows(
    `SELECT COUNT(*) AS events FROM events WHERE ? IN (accountId, resellerId) AND type LIKE 'order.%'`,
    [accountId('Skyline IT')],
  );
  await until(() => healthy.taken.length === told?.events);
}

test.each([
  ['200 receivers that hang from the beginning', false],
  ['200 receivers that were well and hang all at once', true],
])(
  '%s do not hold up a healthy one',
  async (_, wereWell) => {
    const { webhook } = await webhooksOf(gateway, RESELLER).create({
      url: healthy.url,
      eventTypes: ['order.*'],
    });
    await copy(webhook.id, hanging.url);
    // The news of a webhook makes the dispatcher read them all.
    await webhooksOf(gateway, RESELLER).update({ webhookId: webhook.id, description: 'Healthy' });
    if (wereWell) {
      await order('Alpine Dental');
      await allTaken();
      await until(() => hanging.taken.length === HANGING * healthy.taken.length);
    }
    hanging.behave = () => 'hang';
    await order('Birch Legal');
    await order('Cedar Foods');
    await allTaken();
    expect(hanging.requests.filter(({ status }) => status === null).length).toBeLessThanOrEqual(8 * 64);
  },
  120_000,
);
