import type { Page } from 'playwright-core';
import { person } from '../support/back-office';
import { ADMIN, ALPINE, MANAGER, RESELLER, STORAGE } from '../support/demo';
import type { TestGateway } from '../support/gateway';
import { type MailGateway, startMailGateway } from '../support/mails';
import { expectedSignature, type Receiver, startReceiver } from '../support/receiver';
import { found, until } from '../support/until';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, sees, signIn } from './support/console';
import { faultsInBoth } from './support/look';

let mails: MailGateway;
let gateway: TestGateway;
let browser: TestBrowser;
let receiver: Receiver;
let reseller: Page;
let administrator: Page;

const signedIn = async (email: string) => {
  const page = await browser.page();
  await signIn(page, gateway.url, email);
  return page;
};

beforeAll(async () => {
  mails = await startMailGateway();
  ({ gateway } = mails);
  receiver = await startReceiver();
  browser = await startBrowser();
  reseller = await signedIn(RESELLER);
  administrator = await signedIn(ADMIN);
});
afterAll(async () => {
  await browser.close();
  await receiver.stop();
  await mails.stop();
});

/** Fails if axe finds a fault on the page as it is, in both lights and widths. */
const isAccessible = async (page: Page) => {
  expect(await faultsInBoth(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
};

const row = (page: Page, text: string | RegExp) => page.getByRole('row').filter({ hasText: text });
const secretOf = async (page: Page, label: string): Promise<string> => {
  const field = page.getByRole('dialog').getByLabel(label);
  await field.waitFor();
  const secret = await field.inputValue();
  await page.getByRole('button', { name: 'I have stored it' }).click();
  return secret;
};
/** Answer to a call over HTTP with a token. */
const answered = async (token: string, query: string) => {
  const { status, data, errors } = await gateway.send(token, query);
  return errors ? `${status} ${errors[0]?.extensions.code}` : data;
};

test('a reseller creates a key, a program uses it within its permissions, and it is refused after it is revoked', async () => {
  await goTo(reseller, 'API keys');
  await sees(reseller, 'No API keys yet');
  await reseller.getByRole('button', { name: 'Create an API key' }).click();
  const dialog = reseller.getByRole('dialog');
  expect(await dialog.getByRole('checkbox').count()).toBe(6);
  await dialog.getByLabel('Name of the program').fill('Shop of Skyline');
  await dialog.getByRole('checkbox', { name: 'Rename subscriptions' }).check();
  await isAccessible(reseller);
  await dialog.getByRole('button', { name: 'Create the key' }).click();
  await sees(reseller, 'It is shown only now. Store it before you close this dialog.');
  const secret = await secretOf(reseller, 'Secret of the key');

  expect(await answered(secret, '{ viewer { account { name } } }')).toEqual({
    viewer: { account: { name: 'Skyline IT' } },
  });
  const emptyBasket = 'mutation { emptyBasket(input: {}) { errors { code } } }';
  expect(JSON.stringify(await answered(secret, emptyBasket))).toContain('FORBIDDEN');

  const key = row(reseller, 'Shop of Skyline');
  await key.getByText('Read, Rename subscriptions').waitFor();
  await key.getByRole('button', { name: 'Revoke Shop of Skyline' }).click();
  await reseller
    .getByRole('dialog')
    .getByText(/refused at once/)
    .waitFor();
  await reseller.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await key.getByText('Revoked').waitFor();
  expect(await answered(secret, '{ viewer { id } }')).toBe('401 UNAUTHENTICATED');
});

test('an administrator creates a key of a reseller, and finds it by its owner', async () => {
  await goTo(administrator, 'API keys');
  await administrator.getByRole('button', { name: 'Create an API key' }).click();
  const dialog = administrator.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: 'Manage the catalog' }).waitFor();
  await dialog.getByLabel('Name of the program').fill('ERP');
  await dialog.getByRole('combobox', { name: 'Reseller (optional)' }).fill('harbor');
  await administrator.getByRole('option', { name: /Harbor/ }).click();
  await dialog.getByRole('checkbox', { name: 'Manage the catalog' }).waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Create the key' }).click();
  await secretOf(administrator, 'Secret of the key');
  await row(administrator, 'ERP').waitFor();
  await isAccessible(administrator);
  await administrator.getByRole('combobox', { name: 'Reseller' }).fill('harbor');
  await administrator.getByRole('option', { name: /Harbor/ }).click();
  await row(administrator, 'Shop of Skyline').waitFor({ state: 'detached' });
  await row(administrator, 'ERP').getByRole('button', { name: 'History: ERP' }).click();
  const history = administrator.getByRole('dialog', { name: 'History: ERP' });
  await history.getByRole('listitem').filter({ hasText: 'The API key ERP was made.' }).waitFor();
  await isAccessible(administrator);
  await administrator.keyboard.press('Escape');
  await history.waitFor({ state: 'detached' });
});

describe('a webhook', () => {
  let secret: string;

  test('is created, and its receiver gets a signed test event', async () => {
    await goTo(reseller, 'Webhooks');
    await reseller.getByRole('button', { name: 'Create a webhook' }).click();
    const dialog = reseller.getByRole('dialog');
    await dialog.getByLabel('URL').fill('ftp://no.example');
    await dialog.getByRole('button', { name: 'Create the webhook' }).click();
    await dialog
      .getByText(/https?/)
      .first()
      .waitFor();
    await dialog.getByLabel('URL').fill(receiver.url);
    await dialog.getByLabel('Description').fill('ERP of Skyline');
    await dialog.getByRole('combobox', { name: 'Event types' }).fill('order');
    await reseller.getByRole('option', { name: /order\.\*/ }).click();
    await dialog.getByLabel('Description').click();
    await isAccessible(reseller);
    await dialog.getByRole('button', { name: 'Create the webhook' }).click();
    await dialog.getByLabel('Secret of the webhook').waitFor();
    await isAccessible(reseller);
    secret = await secretOf(reseller, 'Secret of the webhook');

    await reseller.getByRole('heading', { level: 1, name: receiver.url }).waitFor();
    await sees(reseller, 'Event types: order.*');
    await reseller.getByRole('button', { name: 'Send a test event' }).click();
    await sees(reseller, 'A test event is on its way.');
    const message = await found(() => receiver.taken[0], { what: 'the test event' });
    expect(message.json.type).toBe('webhook.test');
    expect(message.headers['webhook-signature']).toBe(expectedSignature(secret, message));
    await row(reseller, 'webhook.test').getByText('Delivered').waitFor();
  });

  test('whose receiver fails shows the failed attempts, and redelivers them', async () => {
    receiver.behave = () => 500;
    await reseller.getByRole('button', { name: 'Send a test event' }).click();
    const failing = row(reseller, 'Pending');
    await failing.getByText('500', { exact: true }).waitFor();
    await sees(reseller, /Every attempt has failed since/);
    // Attempts are repeated for five days, so the end of them is written here.
    await gateway.rows(
      `UPDATE deliveries SET firstAttemptAt = firstAttemptAt - INTERVAL 6 DAY WHERE state = 'PENDING'`,
    );
    await failing.getByRole('button', { name: /^Attempt now: webhook.test/ }).click();
    await row(reseller, 'Failed').getByText('500', { exact: true }).waitFor();

    await isAccessible(reseller);

    receiver.behave = () => undefined;
    const deliveries = reseller.getByRole('region', { name: 'Deliveries' });
    await row(reseller, 'Failed')
      .getByRole('button', { name: /^Redeliver: webhook.test/ })
      .click();
    await row(reseller, 'Failed').waitFor({ state: 'detached' });
    await until(() => Promise.resolve(receiver.taken.length === 2), { what: 'the event is redelivered' });
    await until(async () => (await deliveries.getByText('Delivered').count()) >= 2, {
      what: 'the console shows both',
    });
  });

  test('sends everything since a time again', async () => {
    const before = receiver.requests.length;
    await reseller.getByRole('button', { name: 'Redeliver since …' }).click();
    const dialog = reseller.getByRole('dialog');
    await dialog.getByLabel('Time').fill('2020-01-01T00:00');
    await dialog.getByRole('button', { name: 'Redeliver' }).click();
    await sees(reseller, 'The events are being sent again.');
    await until(() => Promise.resolve(receiver.requests.length >= before + 2), {
      what: 'both events came again',
    });
  });

  test('has another secret after a rotation, and messages carry both signatures', async () => {
    await reseller.getByRole('button', { name: 'Rotate the secret' }).click();
    await reseller.getByRole('dialog').getByRole('button', { name: 'Rotate the secret' }).click();
    const rotated = await secretOf(reseller, 'Secret of the webhook');
    expect(rotated).not.toBe(secret);
    await sees(reseller, /The previous secret signs too/);
    const before = receiver.requests.length;
    await reseller.getByRole('button', { name: 'Send a test event' }).click();
    const message = await found(() => receiver.requests[before], { what: 'another test event' });
    expect(message.headers['webhook-signature']?.split(' ').sort()).toEqual(
      [expectedSignature(rotated, message), expectedSignature(secret, message)].sort(),
    );
  });

  test('is disabled by a receiver that is gone, says why, and is enabled again', async () => {
    receiver.behave = () => 410;
    await reseller.getByRole('button', { name: 'Send a test event' }).click();
    const alert = reseller.getByRole('alert').filter({ hasText: 'Disabled since' });
    await alert.getByText(/410/).waitFor();
    await alert.getByText(/Fix the receiver, then enable the webhook/).waitFor();
    expect(await reseller.getByRole('button', { name: 'Redeliver since …' }).isDisabled()).toBe(true);
    await isAccessible(reseller);
    await goTo(reseller, 'Webhooks');
    await row(reseller, receiver.url).waitFor();
    await isAccessible(reseller);
    await row(reseller, receiver.url).getByRole('link').click();
    receiver.behave = () => undefined;
    await reseller.getByRole('button', { name: 'Enable', exact: true }).click();
    await alert.waitFor({ state: 'detached' });
    await sees(reseller, 'Enabled');
  });

  test('is edited and deleted', async () => {
    await reseller.getByRole('button', { name: 'Edit' }).click();
    await reseller.getByRole('dialog').getByLabel('Description').fill('Books of Skyline');
    await reseller.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await sees(reseller, 'Books of Skyline');
    await reseller.getByRole('button', { name: 'Delete' }).click();
    await reseller.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await sees(reseller, 'No webhooks yet');
  });
});

test('an administrator finds a failed mail, and sends it again', async () => {
  mails.server.behave = () => 'refuse';
  await mails.forget('buyer@contoso.example');
  await goTo(administrator, 'Mails');
  await administrator.getByRole('combobox', { name: 'State' }).click();
  await administrator.getByRole('option', { name: 'Failed' }).click();
  await administrator.keyboard.press('Escape');
  const failed = row(administrator, 'buyer@contoso.example');
  await failed.getByText(/No such mailbox/).waitFor();
  await isAccessible(administrator);
  mails.server.behave = () => 'take';
  await failed
    .getByRole('button', { name: 'Send again: “Choose a new password” to buyer@contoso.example' })
    .click();
  await failed.waitFor({ state: 'detached' });
  expect((await mails.mailTo('buyer@contoso.example')).subject).toBe('Choose a new password');
});

let orderNumber: string;

test('the history of an order shows administrators who did what, and nobody else', async () => {
  const { order } = await person(gateway, RESELLER).order(STORAGE, ALPINE);
  orderNumber = order.number;
  await gateway.settled();
  await administrator.goto(`${gateway.url}/console/orders/${order.id}`);
  const history = administrator.getByRole('region', { name: 'History' });
  await history.waitFor();
  const reads = () => browser.requests.length;
  const before = reads();
  expect(await history.getByRole('listitem').count()).toBe(0);
  await history.getByRole('button', { name: 'History' }).click();
  await history.getByText(/Order placed by/).waitFor();
  expect(reads()).toBeGreaterThan(before);
  await history.getByRole('listitem').filter({ hasText: 'Order placed' }).getByText('Sky Lindner').waitFor();
  await isAccessible(administrator);

  await reseller.goto(`${gateway.url}/console/orders/${order.id}`);
  await reseller.getByRole('heading', { level: 1, name: order.number }).waitFor();
  expect(await reseller.getByRole('region', { name: 'History' }).count()).toBe(0);
  expect(await answered(await gateway.token(RESELLER), '{ auditTrail { nodes { seq } } }')).toBe(
    '200 FORBIDDEN',
  );
});

test('the audit trail is filtered by action, user, object and time', async () => {
  await goTo(administrator, 'Audit trail');
  const object = administrator.getByRole('combobox', { name: 'Account, order or subscription' });
  await object.fill(orderNumber);
  await administrator.getByRole('option', { name: orderNumber }).click();
  await row(administrator, 'Order completed').waitFor();
  expect(await row(administrator, 'API key created').count()).toBe(0);
  await isAccessible(administrator);
  await administrator.goto(`${gateway.url}/console/audit?action=key.created,key.revoked`);
  await row(administrator, 'The API key ERP was made.').waitFor();
  expect(await row(administrator, 'Order placed').count()).toBe(0);
  await administrator.getByRole('combobox', { name: 'Made by, or about, a user' }).fill('lindner');
  await administrator.getByRole('option', { name: 'Sky Lindner' }).click();
  await row(administrator, 'The API key ERP was made.').waitFor({ state: 'detached' });
  await row(administrator, 'The API key Shop of Skyline was revoked.').waitFor();
});

test('staff sees the providers and the rules of their services', async () => {
  const manager = await signedIn(MANAGER);
  await goTo(manager, 'Providers');
  await manager.getByRole('heading', { name: 'impossible-cloud' }).waitFor();
  await manager.getByRole('article').first().getByText('Cancellations').waitFor();
  await isAccessible(manager);
  await manager.context().close();
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
