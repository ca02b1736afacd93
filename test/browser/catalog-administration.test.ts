import type { Page } from 'playwright-core';
import { administrator } from '../support/administrator';
import { addon, keepCatalog, product } from '../support/catalog';
import { ADMIN } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { shopper } from '../support/shop';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, sees, signIn } from './support/console';
import { faultsInBoth } from './support/look';

const BUYER = 'buyer@contoso.example';

let gateway: TestGateway;
let browser: TestBrowser;
let admin: Page;
let buyer: Page;

beforeAll(async () => {
  gateway = await startTestGateway();
  browser = await startBrowser();
  // The provider sells them, and the demo knows them already: they are made in the console.
  const [sold, extra] = [product('CB-WORKSTATION'), addon('CB-ARCHIVE-100GB')];
  const catalog = await keepCatalog(gateway);
  await catalog.change(async tx => {
    await tx.execute('DELETE FROM prices WHERE itemId IN (?, ?)', [sold, extra]);
    await tx.execute('DELETE FROM product_addons WHERE productId = ? OR addonId = ?', [sold, extra]);
    await tx.execute('DELETE FROM products WHERE id = ?', [sold]);
    await tx.execute('DELETE FROM addons WHERE id = ?', [extra]);
  });
  [admin, buyer] = await Promise.all([browser.page(), browser.page()]);
  await signIn(admin, gateway.url, ADMIN);
  await signIn(buyer, gateway.url, BUYER);
});
afterAll(async () => {
  await browser.close();
  await gateway.stop();
});

/** Chooses an option of a select. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

/** Sets the public price of the open item. */
async function price(page: Page, amount: string): Promise<void> {
  await page.getByRole('button', { name: /^(Set|Change) the price: Monthly, public$/ }).click();
  await page.getByLabel('Price of one unit in EUR').fill(amount);
  await page.getByRole('button', { name: 'Set the price', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Opens a product from the list. */
async function open(page: Page, name: string): Promise<void> {
  await goTo(page, 'Products');
  await page.getByRole('searchbox').fill(name);
  await page.getByRole('link', { name }).first().click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

test('an add-on and a product are created, priced and published, and a customer orders them', async () => {
  await goTo(admin, 'Add-ons');
  await admin.getByRole('link', { name: 'New add-on' }).click();
  await admin.getByRole('textbox', { name: 'Name', exact: true }).fill('Archive 100 GB');
  await admin.getByLabel('SKU').fill('CB-ARCHIVE-100GB');
  await admin.getByLabel('Storage of one unit').fill('0.1');
  await admin.getByLabel('Unit', { exact: true }).selectOption('TB');
  await admin.getByRole('button', { name: 'Create' }).click();
  await admin.getByRole('heading', { level: 1, name: 'Archive 100 GB' }).waitFor();
  await admin.getByRole('button', { name: 'Publish' }).click();
  await admin
    .getByRole('alert')
    .getByText(/has no price on the public list/)
    .waitFor();
  await admin.getByRole('button', { name: /^(Set|Change) the price: Monthly, public$/ }).click();
  const amount = admin.getByLabel('Price of one unit in EUR');
  await amount.fill('1.805');
  await admin.getByRole('button', { name: 'Set the price', exact: true }).click();
  await sees(admin, 'This is not a valid price in EUR.');
  expect(await amount.getAttribute('aria-invalid')).toBe('true');
  await amount.fill('1.80');
  await admin.getByRole('button', { name: 'Set the price', exact: true }).click();
  await admin
    .getByRole('group', { name: 'Monthly, public' })
    .getByText(/€1\.80/)
    .waitFor();
  await admin.getByRole('button', { name: 'Publish' }).click();
  await admin.getByRole('status').getByText('Published').waitFor();

  await goTo(admin, 'Products');
  await admin.getByRole('link', { name: 'New product' }).click();
  await admin.getByRole('textbox', { name: 'Name', exact: true }).fill('Cloud Backup Workstation');
  await choose(admin, 'Service', 'Cloud Backup');
  await admin.getByLabel('SKU').fill('CB-WORKSTATION');
  await admin.getByLabel('Slug').fill('Not a slug');
  await choose(admin, 'Category', 'Backup');
  await admin.getByLabel('Storage of one license').fill('250');
  await admin.getByRole('button', { name: 'Create' }).click();
  await sees(admin, /The slug must be lower-case letters/);
  await admin.getByLabel('Slug').fill('cb-workstation');
  await admin.getByRole('button', { name: 'Create' }).click();
  await admin.getByRole('status').getByText('Draft').waitFor();
  await goTo(buyer, 'Shop');
  await buyer.getByRole('searchbox').fill('workstation');
  await sees(buyer, 'No products found');

  await price(admin, '4.50');
  await choose(admin, 'Add an add-on', 'Archive 100 GB (CB-ARCHIVE-100GB)');
  await admin.getByRole('region', { name: 'Add-ons' }).getByRole('button', { name: 'Save' }).click();
  await sees(admin, 'Saved.');
  await admin.getByRole('button', { name: 'Publish' }).click();
  await admin.getByRole('status').getByText('Published').waitFor();

  await goTo(buyer, 'Basket');
  await goTo(buyer, 'Shop');
  await buyer.getByRole('searchbox').fill('workstation');
  await sees(buyer, '1 product for “workstation”');
  await buyer.getByRole('link', { name: 'Choose Cloud Backup Workstation' }).click();
  await sees(buyer, /€4\.50/);
  await buyer.getByLabel('Archive 100 GB, units for Cloud Backup Workstation').fill('2');
  await buyer.getByRole('button', { name: 'Add to basket' }).click();
  await buyer.getByRole('link', { name: 'Proceed to checkout' }).click();
  await buyer.getByRole('button', { name: 'Confirm billing' }).click();
  await buyer.getByRole('button', { name: 'Place the order' }).click();
  await sees(buyer, 'Everything is provisioned.');
  await sees(buyer, '€8.10');
});

test('a changed price sends a confirmed basket back to be confirmed, and the former one is among the past prices', async () => {
  const shop = shopper(gateway, BUYER);
  const { nodes } = (await shop.send('{ products(filter: { search: "CB-WORKSTATION" }) { nodes { id } } }'))
    .data.products;
  await shop.add({ productId: nodes[0].id, friendlyName: 'Workshop' });
  await goTo(buyer, 'Basket');
  await buyer.getByRole('link', { name: 'Proceed to checkout' }).click();
  await buyer.getByRole('button', { name: 'Confirm billing' }).click();
  await buyer.getByRole('button', { name: 'Place the order' }).waitFor();

  await open(admin, 'Cloud Backup Workstation');
  await price(admin, '5');
  await admin
    .getByRole('group', { name: 'Monthly, public' })
    .getByText(/€5\.00/)
    .waitFor();
  await buyer.getByRole('button', { name: 'Place the order' }).click();
  await buyer.getByRole('button', { name: 'Confirm billing' }).click();
  await buyer.getByText('€5.00').locator('visible=true').first().waitFor();
  await buyer.getByRole('button', { name: 'Place the order' }).click();
  await sees(buyer, 'Everything is provisioned.');

  await admin.getByRole('link', { name: 'Past prices: Monthly, public' }).click();
  await admin.getByRole('table').getByText('€4.50').waitFor();
  await admin.getByRole('table').getByText('Ada Minster').waitFor();
  await admin.getByRole('link', { name: 'Cloud Backup Workstation' }).click();
  await admin.getByRole('heading', { level: 1, name: 'Cloud Backup Workstation' }).waitFor();
});

test('edits of two administrators do not replace each other, and none is lost', async () => {
  const other = administrator(gateway);
  await open(admin, 'Cloud Backup Server');
  await admin.getByLabel('Description').fill('For a server of any size.');
  await admin.getByLabel('Position').fill('7');
  await other.does('updateProduct', {
    productId: product('CB-SERVER'),
    description: 'By another administrator.',
    name: 'Cloud Backup Server 2',
  });
  const details = admin.getByRole('region', { name: 'Details' });
  await details.getByRole('button', { name: 'Save' }).click();
  const alert = admin.getByRole('alert');
  await alert.getByText('Description: By another administrator.').waitFor();
  await alert.getByText('Name: Cloud Backup Server 2').waitFor();
  expect(await admin.getByLabel('Description').inputValue()).toBe('For a server of any size.');
  expect(await details.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await alert.getByRole('button', { name: 'Keep my edits' }).click();
  await details.getByRole('button', { name: 'Save' }).click();
  await sees(admin, 'Saved.');
  const [row] = await gateway.rows('SELECT name, description, position FROM products WHERE sku = ?', [
    'CB-SERVER',
  ]);
  expect(row).toEqual({
    name: 'Cloud Backup Server 2',
    description: 'For a server of any size.',
    position: 7,
  });
});

test('a price that another administrator has set is shown before it is replaced', async () => {
  await open(admin, 'Cloud Backup Server 2');
  await admin.getByRole('button', { name: /^(Set|Change) the price: Monthly, public$/ }).click();
  await admin.getByLabel('Price of one unit in EUR').fill('21');
  const [list] = await gateway.rows('SELECT id FROM price_lists WHERE isDefault');
  await administrator(gateway).does('setPrice', {
    priceListId: list?.id,
    itemId: product('CB-SERVER'),
    billingCycle: 'MONTHLY',
    unitPrice: '22.00',
  });
  await admin.getByRole('button', { name: 'Set the price', exact: true }).click();
  await admin
    .getByRole('alert')
    .getByText(/The price is now €22\.00/)
    .waitFor();
  expect(await admin.getByLabel('Price of one unit in EUR').inputValue()).toBe('21');
  await admin.getByRole('button', { name: 'Set the price', exact: true }).click();
  await admin
    .getByRole('group', { name: 'Monthly, public' })
    .getByText(/€21\.00/)
    .waitFor();
});

test('retiring a product says what it means, and removes it from the shop', async () => {
  await open(admin, 'Cloud Backup Workstation');
  await admin.getByRole('button', { name: 'Retire', exact: true }).click();
  const dialog = admin.getByRole('dialog', { name: 'Retire Cloud Backup Workstation?' });
  await dialog.getByText('2 subscriptions have it, and keep it.').waitFor();
  await dialog.getByText(/Running subscriptions go on/).waitFor();
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await admin.getByRole('status').getByText('Published').waitFor();
  await admin.getByRole('button', { name: 'Retire', exact: true }).click();
  await dialog.getByRole('button', { name: 'Retire it' }).click();
  await admin.getByRole('status').getByText('Retired').waitFor();
  await admin.getByRole('button', { name: 'Publish again' }).waitFor();
  await goTo(buyer, 'Basket');
  await goTo(buyer, 'Shop');
  await buyer.getByRole('searchbox').fill('workstation');
  await sees(buyer, 'No products found');
});

test('categories are created, ordered and described', async () => {
  await goTo(admin, 'Categories');
  await admin.getByRole('button', { name: 'New category' }).click();
  await admin.getByRole('textbox', { name: 'Name', exact: true }).fill('Archives');
  await admin.getByLabel('Slug').fill('archives');
  await choose(admin, 'Below', 'Cloud Backup');
  await admin.getByRole('button', { name: 'Create' }).click();
  await admin.getByRole('button', { name: 'Edit Archives' }).click();
  await admin.getByLabel('Description').fill('What is kept for years.');
  await admin.getByLabel('Position').fill('3');
  await admin.getByRole('button', { name: 'Save' }).click();
  await sees(admin, 'What is kept for years.');
  await sees(admin, 'archives · position 3');
});

test('a price list is created, and an item is priced on it', async () => {
  await goTo(admin, 'Price lists');
  await admin.getByRole('button', { name: 'New price list' }).click();
  await admin.getByLabel('Code').fill('public');
  await admin.getByLabel('Currency').fill('chf');
  await admin.getByRole('button', { name: 'Create' }).click();
  await admin
    .getByRole('dialog')
    .getByText(/already/)
    .waitFor();
  await admin.getByLabel('Code').fill('switzerland');
  await admin.getByRole('button', { name: 'Create' }).click();
  await admin.getByRole('heading', { level: 1, name: 'Price list switzerland' }).waitFor();
  await open(admin, 'Impossible Cloud 1 TB');
  await choose(admin, 'Another price list', 'switzerland (CHF)');
  await admin.getByRole('button', { name: 'Set the price: Annually, switzerland' }).click();
  await admin.getByLabel('Price of one unit in CHF').fill('95');
  await admin.getByRole('button', { name: 'Set the price', exact: true }).click();
  await admin
    .getByRole('group', { name: 'Annually, switzerland' })
    .getByText(/CHF\s95\.00/)
    .waitFor();
  await goTo(admin, 'Price lists');
  await admin.getByRole('link', { name: 'switzerland' }).click();
  await admin
    .getByRole('table')
    .getByText(/CHF\s95\.00/)
    .waitFor();
});

test('an administrator reads in the history of an add-on who changed which field', async () => {
  await goTo(admin, 'Add-ons');
  await admin.getByRole('link', { name: 'Archive 100 GB' }).click();
  await admin.getByLabel('Maximum of one subscription').fill('40');
  await admin.getByLabel('Description').fill('For archives.');
  await admin.getByRole('region', { name: 'Details' }).getByRole('button', { name: 'Save' }).click();
  await sees(admin, 'Saved.');
  const history = admin.getByRole('region', { name: 'History' });
  await history.getByRole('button', { name: 'History' }).click();
  const change = history.getByRole('listitem').filter({
    hasText: 'The add-on Archive 100 GB was changed: description, maxQuantity.',
  });
  await change.getByText('Ada Minster').waitFor();
  expect(await history.getByText('maxQuantity').count()).toBe(1);
  await history
    .getByText('Archive 100 GB, MONTHLY on the list public: 1.80 EUR, formerly not sold.')
    .waitFor();
  await history.getByText('The add-on Archive 100 GB was made.').waitFor();
  expect(await faultsInBoth(admin)).toEqual([]);

  await goTo(admin, 'Categories');
  await admin.getByRole('button', { name: 'Edit Archives' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByRole('button', { name: 'History' }).click();
  await dialog.getByText('The category Archives was changed: description, position.').waitFor();
  expect(await faultsInBoth(admin)).toEqual([]);
  await admin.keyboard.press('Escape');
});

const PAGES: [name: string, open: (page: Page) => Promise<unknown>, heading: string | RegExp][] = [
  ['products', page => goTo(page, 'Products'), 'Products'],
  ['a product', page => open(page, 'Impossible Cloud 1 TB'), 'Impossible Cloud 1 TB'],
  [
    'past prices',
    async page => {
      await open(page, 'Cloud Backup Workstation');
      await page.getByRole('link', { name: 'Past prices: Monthly, public' }).click();
    },
    /^Past prices/,
  ],
  [
    'a new product',
    async page => {
      await goTo(page, 'Products');
      await page.getByRole('link', { name: 'New product' }).click();
    },
    'New product',
  ],
  ['add-ons', page => goTo(page, 'Add-ons'), 'Add-ons'],
  [
    'an add-on',
    async page => {
      await goTo(page, 'Add-ons');
      await page.getByRole('link', { name: 'Archive 100 GB' }).click();
    },
    'Archive 100 GB',
  ],
  ['categories', page => goTo(page, 'Categories'), 'Categories'],
  ['price lists', page => goTo(page, 'Price lists'), 'Price lists'],
  [
    'a price list',
    async page => {
      await goTo(page, 'Price lists');
      await page.getByRole('link', { name: 'public' }).click();
      await page.getByRole('table').waitFor();
    },
    'Price list public',
  ],
  ['imports', page => goTo(page, 'Import'), 'Import'],
];

test.each(PAGES)('%s: accessible in both lights, and no wider than the window', async (_, go, heading) => {
  await go(admin);
  await admin.getByRole('heading', { level: 1, name: heading }).waitFor();
  expect(await faultsInBoth(admin)).toEqual([]);
});

test('dialogs are accessible', async () => {
  await open(admin, 'Impossible Cloud 1 TB');
  await admin.getByRole('button', { name: /^(Set|Change) the price: Monthly, public$/ }).click();
  await admin.getByRole('dialog').waitFor();
  expect(await faultsInBoth(admin)).toEqual([]);
  await admin.keyboard.press('Escape');
  await admin.getByRole('button', { name: 'Retire', exact: true }).click();
  await admin.getByRole('dialog').waitFor();
  expect(await faultsInBoth(admin)).toEqual([]);
  await admin.keyboard.press('Escape');
  await goTo(admin, 'Categories');
  await admin.getByRole('button', { name: 'New category' }).click();
  await admin.getByRole('dialog').waitFor();
  expect(await faultsInBoth(admin)).toEqual([]);
  await admin.keyboard.press('Escape');
});

test('no page logged an error', () => {
  expect(browser.complaints).toEqual([]);
});
