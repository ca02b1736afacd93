import { person } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE, MANAGER, NORTHWIND, RESELLER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { newEndCustomer, setRetail } from '../support/retail';
import { shopper } from '../support/shop';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, sees, signIn } from './support/console';
import { faultsInBoth } from './support/look';
import { manyProducts } from './support/many';

let gateway: TestGateway;
let browser: TestBrowser;

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
  await manyProducts(gateway, 60);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

test('every product is reachable: by its category, by search, and after Back', async () => {
  const page = await browser.page();
  await signIn(page, gateway.url, 'buyer@northwind.example');
  await sees(page, 'Storage and backup.');
  await page.getByRole('link', { name: /Show all of .*Backup/ }).click();
  await page.getByRole('heading', { name: /^62 products in/ }).waitFor();
  const last = page.getByRole('link', { name: 'Choose Backup 060' });
  for (const shown of [20, 40, 60]) {
    await sees(page, `${shown} of 62`);
    expect(await page.getByRole('article').count()).toBe(shown);
    await page.getByRole('button', { name: 'Show more' }).click();
  }
  await last.click();
  await page.getByRole('heading', { level: 1, name: 'Backup 060' }).waitFor();
  await page.goBack();
  await last.waitFor();
  expect(await page.getByRole('article').count()).toBe(62);
  expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);

  await goTo(page, 'Shop');
  await page.getByRole('searchbox').fill('BACKUP-04');
  await page.getByRole('heading', { name: '10 products for “BACKUP-04”' }).waitFor();
  await page.getByRole('searchbox').fill('nothing of the kind');
  await sees(page, 'No products found');
  await page.context().close();
});

test('an edit that is refused stops the way to the checkout, here and by its address', async () => {
  const page = await browser.page();
  await signIn(page, gateway.url, 'buyer@northwind.example');
  await shopper(gateway, 'buyer@northwind.example').add({ productId: product('CB-SERVER'), quantity: 2 });
  await goTo(page, 'Basket');
  const licenses = page.getByLabel('Licenses');
  await page.getByRole('link', { name: 'Proceed to checkout' }).waitFor();
  await licenses.fill('2000000');
  await sees(page, /A change is not saved/);
  // At the licenses, and not at the add-ons too.
  expect(await page.getByText('This is more than can be ordered on one line.').count()).toBe(1);
  expect(await page.getByRole('button', { name: 'Proceed to checkout' }).isDisabled()).toBe(true);
  expect((await shopper(gateway, 'buyer@northwind.example').basket()).lines[0].quantity).toBe(2);

  await goTo(page, 'Subscriptions');
  await page.evaluate(() => history.pushState(null, '', '/console/checkout'));
  await sees(page, 'A change of your basket is not saved');
  await page.getByRole('link', { name: 'Open the basket' }).click();
  expect(await licenses.inputValue()).toBe('2000000');
  await licenses.fill('3');
  await page.getByRole('link', { name: 'Proceed to checkout' }).click();
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
  expect((await shopper(gateway, 'buyer@northwind.example').basket()).lines[0].quantity).toBe(3);
  await page.context().close();
});

test('an edit that is made offline is kept, also on other pages, and sent when the network is back', async () => {
  const page = await browser.page();
  await signIn(page, gateway.url, 'buyer@contoso.example');
  await shopper(gateway, 'buyer@contoso.example').add({ productId: product('CB-SERVER'), quantity: 2 });
  await goTo(page, 'Basket');
  const name = page.getByLabel('Friendly name of the subscription');
  await name.waitFor();
  await page.context().setOffline(true);
  await name.fill('Written offline');
  await sees(page, /Your change is kept in this browser/);
  expect(await page.getByRole('button', { name: 'Proceed to checkout' }).isDisabled()).toBe(true);
  await goTo(page, 'Subscriptions');
  await goTo(page, 'Basket');
  expect(await name.inputValue()).toBe('Written offline');
  await page.context().setOffline(false);
  await page.getByRole('link', { name: 'Proceed to checkout' }).waitFor();
  const { lines } = await shopper(gateway, 'buyer@contoso.example').basket();
  expect(lines[0].friendlyName).toBe('Written offline');
  await page.context().close();
});

test('an end customer sees retail prices, and that the price is on request where there is none', async () => {
  const email = 'it@alpine.example';
  await newEndCustomer(gateway, ALPINE, email);
  const line = { productId: product('IC-BASE-5TB'), friendlyName: 'X-rays' };
  await shopper(gateway, RESELLER).order(line, ALPINE);
  await setRetail(gateway, { productId: product('IC-BASE-1TB'), unitPrice: '9.90' });
  await gateway.settled();
  const page = await browser.page();
  await page.goto(`${gateway.url}/console`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill('demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const card = (name: string) =>
    page.getByRole('article').filter({ has: page.getByRole('link', { name: `Choose ${name}` }) });
  await card('Impossible Cloud 1 TB').getByText('€9.90').waitFor();
  await card('Impossible Cloud 5 TB').getByText('Price on request').waitFor();
  await page.getByRole('link', { name: 'Choose Impossible Cloud 1 TB' }).click();
  await sees(page, '1 TB · Price on request');
  await goTo(page, 'Shop');
  await page.getByRole('link', { name: 'Choose Impossible Cloud 5 TB' }).click();
  await sees(page, /Price on request\. Ask your reseller/);
  expect(await page.getByRole('button', { name: 'Add to basket' }).count()).toBe(0);
  await goTo(page, 'Subscriptions');
  await page.getByRole('row', { name: 'X-rays' }).getByText('Price on request').waitFor();
  await goTo(page, 'Orders');
  const row = page.getByRole('row').filter({ hasText: 'Price on request' });
  await row.getByRole('link').first().click();
  await page.getByRole('row', { name: 'Due with this order Price on request' }).waitFor();
  expect(await page.getByText('€0').count()).toBe(0);
  await page.context().close();
});

test('a direct customer is not addressed as a reseller', async () => {
  const page = await browser.page();
  await signIn(page, gateway.url, 'buyer@northwind.example');
  await sees(page, 'Storage and backup.');
  expect(await page.getByText(/your customers|at your prices/).count()).toBe(0);
  await page.goto(`${gateway.url}/console/shop/IC-BASE-1TB`);
  await sees(page, 'One license, and one active subscription at a time.');
  await page.context().close();
  const reseller = await browser.page();
  await signIn(reseller, gateway.url, RESELLER);
  await sees(reseller, 'Storage and backup for your customers, at your prices.');
  await reseller.goto(`${gateway.url}/console/shop/IC-BASE-1TB`);
  await sees(reseller, 'One license, and one active subscription for each customer.');
  await reseller.context().close();
});

test.each([
  ['orders', 'Order not found', 'See the orders', 'Orders'],
  ['shop', 'Product not found', 'Go to the shop', 'Shop'],
  ['subscriptions', 'Subscription not found', 'See the subscriptions', 'Subscriptions'],
  ['live', 'Operation not found', 'See what is running', 'Live'],
])('an unknown id below /%s has a heading and a way back', async (path, heading, back, there) => {
  const page = await browser.page();
  await signIn(page, gateway.url, 'buyer@northwind.example');
  await page.goto(`${gateway.url}/console/${path}/unknown`);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  expect(await faultsInBoth(page)).toEqual([]);
  await page.getByRole('main').getByRole('link', { name: back }).click();
  await page.getByRole('heading', { level: 1, name: there }).waitFor();
  await page.context().close();
});

test('an order that waits shows its add-ons, references and what is due, and prints without navigation', async () => {
  const email = 'buyer@northwind.example';
  const page = await browser.page({ colorScheme: 'dark' });
  await signIn(page, gateway.url, email);
  const line = {
    productId: product('IC-BASE-5TB'),
    friendlyName: 'Waiting archive',
    addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 3 }],
  };
  const { order } = await person(gateway, MANAGER).place({
    recipientId: NORTHWIND,
    lines: [line],
    purchaseOrderNumber: 'PO 77',
  });
  await page.goto(`${gateway.url}/console/orders/${order.id}`);
  await sees(page, 'Placed. It waits to be executed.');
  await page.getByRole('row', { name: /Waiting archive.*3 × Impossible Cloud \+1 TB/ }).waitFor();
  await sees(page, 'PO 77');
  await sees(page, 'The back office');
  await sees(page, 'Begins when the order is executed.');
  expect(await faultsInBoth(page)).toEqual([]);

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.getByRole('navigation').count()).toBe(0);
  expect(await page.getByRole('banner').count()).toBe(0);
  expect(await page.getByRole('button').count()).toBe(0);
  const row = page.getByRole('row', { name: /Waiting archive/ });
  await row.waitFor();
  const colors = await row.evaluate(element => [
    getComputedStyle(element).color,
    getComputedStyle(document.body).backgroundColor,
  ]);
  expect(colors).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
  await page.context().close();
});

test('an order is placed again with one click, and its operation is one click away', async () => {
  const email = 'buyer@contoso.example';
  const buyer = shopper(gateway, email);
  await buyer.empty();
  const line = {
    productId: product('CB-SERVER'),
    quantity: 3,
    friendlyName: 'Offices',
    billingCycle: 'ANNUALLY',
  };
  const { order } = await buyer.order(line);
  await gateway.settled();
  const page = await browser.page();
  await signIn(page, gateway.url, email);
  await page.goto(`${gateway.url}/console/orders/${order.id}`);
  await page.getByRole('link', { name: 'Steps of Offices' }).click();
  await page.getByRole('heading', { level: 1, name: 'Offices' }).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'Order again' }).click();
  await page.getByRole('heading', { level: 1, name: 'Basket' }).waitFor();
  expect(await page.getByLabel('Licenses').inputValue()).toBe('3');
  const [again] = (await buyer.basket()).lines;
  expect(again).toMatchObject({ quantity: 3, friendlyName: 'Offices', billingCycle: 'ANNUALLY' });
  await page.context().close();
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
