import { person } from '../support/back-office';
import { ALPINE, MANAGER, NORTHWIND } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { newEndCustomer } from '../support/retail';
import { Listener } from '../support/streams';

const QUERY = `subscription { subscriptionUpdates { ... on CloudSubscriptionSnapshot { subscriptions {
  availableActions { action allowed } } } } }`;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await newEndCustomer(gateway, ALPINE, 'it@alpine.example');
  await newEndCustomer(gateway, ALPINE, 'office@alpine.example');
});
afterAll(() => gateway.stop());

/** Whether the first message of a stream says that a user can withdraw the open request. */
async function canWithdraw(email: string): Promise<boolean> {
  const listener = await new Listener(gateway.url, await gateway.token(email), QUERY).has(1);
  const { subscriptions } = listener.messages[0] as any;
  const errors = [...listener.errors];
  await listener.stop();
  expect(errors).toEqual([]);
  return subscriptions[0].availableActions.find(({ action }: any) => action === 'WITHDRAW_CANCELLATION')
    .allowed;
}

test.each([
  ['a direct customer', NORTHWIND, 'buyer@northwind.example', 'buyer@northwind.example', true],
  ['the end customer who has requested it', ALPINE, 'it@alpine.example', 'it@alpine.example', true],
  ['another user of the account', ALPINE, 'it@alpine.example', 'office@alpine.example', true],
])('a stream says whether %s can withdraw an open request', async (_, account, requester, viewer, can) => {
  await gateway.reset();
  const subscriptionId = await person(gateway, MANAGER).liveSubscription(account);
  await person(gateway, requester).requested(subscriptionId);
  expect(await canWithdraw(viewer)).toBe(can);
});
