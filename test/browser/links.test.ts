import { accountId } from '../../dev/demo-data';
import { type MailGateway, startMailGateway } from '../support/mails';
import { startBrowser, type TestBrowser } from './support/browser';

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

const pageOf = (name: string, token = '') => `${world.gateway.url}/${name}?token=${token}`;

test('an invited person chooses a password and is in the console; the address has no token', async () => {
  const { invitation } = await world.invite('sales@skyline.example', {
    name: 'Ada Alpine',
    email: 'ada@alpine.example',
    roles: ['CUSTOMER'],
    accountId: accountId('Alpine Dental'),
  });
  const { token } = await world.mailTo(invitation.email);
  const page = await browser.page();
  await page.goto(pageOf('accept-invitation', token));
  expect(new URL(page.url()).search).toBe('');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByText('The new password must have at least 12 characters.').waitFor();
  await page.getByLabel('Password').fill('a password of my own');
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/console/shop');
  expect(
    browser.requests.filter(
      url => url.includes('token=') && !url.startsWith(`${world.gateway.url}/accept-invitation?`),
    ),
  ).toEqual([]);

  await page.goto(pageOf('accept-invitation', token));
  await page.getByLabel('Password').fill('another password of mine');
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByText('This link is no longer valid. Request another one.').waitFor();
  await page.context().close();
  expect(browser.complaints).toEqual([]);
});

test('a link sets a new password', async () => {
  const email = 'buyer@contoso.example';
  await world.forget(email);
  const { token } = await world.mailTo(email);
  const page = await browser.page();
  await page.goto(pageOf('reset-password', token));
  await page.getByLabel('New password').fill('a new password of mine');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByRole('button', { name: 'Sign in' }).first().waitFor();
  await page.context().close();
  expect(browser.complaints).toEqual([]);
});
