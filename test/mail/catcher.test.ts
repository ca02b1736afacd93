import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MailCatcher, startMailCatcher } from '../../dev/local/mail-catcher';
import { startTestGateway, type TestGateway, usualMail } from '../support/gateway';
import { found } from '../support/until';

const folder = mkdtempSync(join(tmpdir(), 'skybasket-mails-'));

let catcher: MailCatcher;
let gateway: TestGateway;
beforeAll(async () => {
  catcher = await startMailCatcher(folder, () => undefined);
  gateway = await startTestGateway({}, { mail: usualMail({ server: catcher.smtpUrl, publicUrl: null }) });
}, 60_000);
afterAll(async () => {
  await gateway.stop();
  await catcher.stop();
  rmSync(folder, { recursive: true });
});

test('the mail catcher of npm start takes a mail, and its page and API show it', async () => {
  const document =
    'mutation { requestPasswordReset(input: { email: "buyer@contoso.example" }) { errors { code } } }';
  expect((await gateway.send(null, document)).data.requestPasswordReset.errors).toEqual([]);
  const mail = await found(async () => {
    const response = await fetch(`${catcher.pageUrl}/api/email`);
    const [first] = (await response.json()) as { subject: string; text: string; html: string }[];
    return first;
  });
  expect(mail.subject).toBe('Choose a new password');
  // Without PUBLIC_URL, the address that the gateway listens on.
  expect(mail.text).toContain(`${gateway.url}/reset-password?token=sbp_pwr_`);
  expect(mail.html).toContain('<a href="http');
  const page = await fetch(catcher.pageUrl, { headers: { accept: 'text/html' } });
  expect([page.status, (await page.text()).includes('<!doctype html>')]).toEqual([200, true]);
});

test('the Host header of a request does not change the links', async () => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-host': 'evil.example' },
    body: JSON.stringify({
      query:
        'mutation { requestPasswordReset(input: { email: "sales@harbor.example" }) { errors { code } } }',
    }),
  });
  expect(response.status).toBe(200);
  const mail = await found(async () => {
    const mails = (await (await fetch(`${catcher.pageUrl}/api/email`)).json()) as {
      to: { address: string }[];
      text: string;
    }[];
    return mails.find(({ to }) => to[0]?.address === 'sales@harbor.example');
  });
  expect(mail.text).not.toContain('evil');
});
