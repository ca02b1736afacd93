import { ADMIN, MANAGER, RESELLER } from '../support/demo';
import { type MailGateway, startMailGateway } from '../support/mails';
import { startBrowser, type TestBrowser } from './support/browser';
import { goTo, sees, signIn } from './support/console';
import { faultsInBoth } from './support/look';

const BUYER = 'buyer@northwind.example';

let world: MailGateway;
let browser: TestBrowser;
beforeAll(async () => {
  world = await startMailGateway();
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

const as = async (email: string, options = {}) => {
  const page = await browser.page(options);
  await signIn(page, world.gateway.url, email);
  return page;
};

const openUser = async (email: string) => {
  const page = await as(ADMIN);
  await goTo(page, 'Users');
  await page.getByRole('searchbox').fill(email);
  await page
    .getByRole('row', { name: new RegExp(email) })
    .getByRole('link')
    .click();
  await sees(page, email);
  return page;
};

test('a created user has a temporary password that is shown once, and chooses another', async () => {
  const page = await as(ADMIN);
  await goTo(page, 'Users');
  await page.getByRole('row', { name: new RegExp(ADMIN) }).waitFor();
  expect(await faultsInBoth(page)).toEqual([]);
  await page.getByRole('button', { name: 'Create a user' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Nils New');
  await dialog.getByLabel('E-mail').fill('nils@bss.example');
  expect(await faultsInBoth(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Create a user' }).click();
  await dialog.getByText(/shown only now/).waitFor();
  expect(await faultsInBoth(page)).toEqual([]);
  const password = (await dialog.locator('pre').textContent()) ?? '';
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  expect(await page.getByText(password).count()).toBe(0);
  await page.getByRole('row', { name: /nils@bss.example/ }).waitFor();

  const nils = await browser.page();
  await nils.goto(`${world.gateway.url}/console`);
  await nils.getByLabel('E-mail').fill('nils@bss.example');
  await nils.getByRole('textbox', { name: 'Password' }).fill(password);
  await nils.getByRole('button', { name: 'Sign in', exact: true }).click();
  await nils.getByRole('textbox', { name: 'A password of your own' }).fill('a password of my own');
  await nils.getByRole('button', { name: 'Sign in', exact: true }).click();
  await nils.getByRole('navigation', { name: 'Main' }).waitFor();
  await nils.context().close();
  await page.context().close();
});

test('a deactivated user is signed out and cannot sign in, until it is activated', async () => {
  const user = await as(BUYER);
  await user.locator('[data-connection=live]').waitFor();
  const page = await openUser(BUYER);
  expect(await faultsInBoth(page)).toEqual([]);
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
  await sees(user, /Your session has ended/);
  await sees(page, 'Deactivated');
  await user.getByLabel('E-mail').fill(BUYER);
  await user.getByRole('textbox', { name: 'Password' }).fill('demo');
  await user.getByRole('button', { name: 'Sign in', exact: true }).click();
  await user.getByRole('alert').getByText(/wrong/).waitFor();

  await page.getByRole('button', { name: 'Activate' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Activate' }).click();
  await page.getByRole('button', { name: 'Deactivate' }).waitFor();
  await user.getByRole('button', { name: 'Sign in', exact: true }).click();
  await user.getByRole('navigation', { name: 'Main' }).waitFor();
  await user.context().close();
  await page.context().close();
});

test('an erased user keeps no name; the dialog says what stays', async () => {
  const page = await openUser('buyer@contoso.example');
  await page.getByRole('button', { name: 'Erase' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Stays').waitFor();
  expect(await faultsInBoth(page)).toEqual([]);
  await dialog.getByLabel(/I understand/).check();
  await dialog.getByRole('button', { name: 'Erase' }).click();
  await page.getByRole('heading', { level: 1, name: /^Erased user/ }).waitFor();
  expect(await world.gateway.rows(`SELECT id FROM users WHERE email = 'buyer@contoso.example'`)).toEqual([]);
  await page.context().close();
});

test('an administrator invites staff, sends the invitation again, and revokes it', async () => {
  const page = await as(ADMIN);
  await goTo(page, 'Users');
  await page.getByRole('button', { name: 'Invite staff' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Sam Staff');
  await dialog.getByLabel('E-mail').fill('sam@bss.example');
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await page.getByRole('button', { name: 'Send again to Sam Staff' }).click();
  await world.mailTo('sam@bss.example', 2);
  await page.getByRole('button', { name: 'Revoke the invitation of Sam Staff' }).click();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await sees(page, 'Revoked');
  await page.context().close();
});

test('a changed password keeps this tab, and ends the other sessions', async () => {
  const page = await as(RESELLER);
  const other = await as(RESELLER);
  await other.locator('[data-connection=live]').waitFor();
  await page.getByRole('button', { name: 'Skyline IT' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.locator('[data-connection=live]').waitFor();
  expect(await faultsInBoth(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'Current password' }).fill('wrong');
  await page.getByRole('textbox', { name: 'New password' }).fill('a password of my own');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await sees(page, 'The current password is wrong.');
  await page.getByRole('textbox', { name: 'Current password' }).fill('demo');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await sees(page, 'The password was changed.');
  await sees(other, /Your session has ended/);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.locator('[data-connection=live]').waitFor();
  expect(await page.getByText(/Your session has ended/).count()).toBe(0);
  await other.context().close();
  await page.context().close();
});

test('mails are turned off, a deputy is set, and every session ends', async () => {
  const page = await as(MANAGER);
  const other = await as(MANAGER);
  await goTo(page, 'Settings');
  await page.getByLabel('Completed orders').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await sees(page, 'Saved');
  await page.reload();
  await page.getByLabel('Failed orders').waitFor();
  expect(await page.getByLabel('Completed orders').isChecked()).toBe(false);

  const admin = await openUser(MANAGER);
  await admin.getByRole('button', { name: 'Set the deputy' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Deputy' }).click();
  await admin.getByRole('option', { name: /manager2@bss.example/ }).click();
  await dialog.getByLabel('End').fill('2099-01-01T12:00');
  expect(await faultsInBoth(admin)).toEqual([]);
  await dialog.getByRole('button', { name: 'Set the deputy' }).click();
  await dialog.waitFor({ state: 'detached' });
  await sees(admin, /until/);
  await admin.context().close();

  await page.reload();
  await sees(page, /until/);
  await page.getByRole('button', { name: 'Set the deputy' }).click();
  await page.getByRole('button', { name: 'End the deputization' }).click();
  await sees(page, 'Nobody acts for you.');

  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await sees(other, /Your session has ended/);
  expect(await page.getByText(/Your session has ended/).count()).toBe(0);
  await other.context().close();
  await page.context().close();
});

test('a forgotten password is reset by the link of a mail', async () => {
  const page = await browser.page();
  await page.goto(`${world.gateway.url}/console`);
  await page.getByLabel('E-mail').fill('manager2@bss.example');
  await page.getByRole('button', { name: 'Forgot your password?' }).click();
  expect(await faultsInBoth(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await sees(page, /If a user has the address manager2@bss.example/);
  const { token } = await world.mailTo('manager2@bss.example');
  await page.goto(`${world.gateway.url}/reset-password?token=${token}`);
  await page.getByRole('textbox', { name: 'New password' }).fill('a new password of mine');
  expect(await faultsInBoth(page)).toEqual([]);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByLabel('E-mail').fill('manager2@bss.example');
  await page.getByRole('textbox', { name: 'Password' }).fill('a new password of mine');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  await page.context().close();
});

test('a German browser reads German; the choice of a language stays', async () => {
  const page = await browser.page({ locale: 'de-DE' });
  await page.goto(`${world.gateway.url}/console`);
  await page.getByRole('heading', { level: 1, name: 'Skybasket-Konsole' }).waitFor();
  const language = () => page.evaluate(() => document.documentElement.lang);
  expect(await language()).toBe('de');
  expect(await faultsInBoth(page)).toEqual([]);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Skybasket console' }).waitFor();
  expect(await language()).toBe('en');
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Skybasket console' }).waitFor();
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.goto(`${world.gateway.url}/accept-invitation?token=none`);
  await page.getByRole('heading', { level: 1, name: 'Einladung annehmen' }).waitFor();
  expect(await language()).toBe('de');
  expect(await page.title()).toBe('Einladung annehmen · Skybasket');
  await page.context().close();
});
