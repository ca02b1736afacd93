import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { accountId } from '../../dev/demo-data';
import { type MailGateway, startMailGateway } from '../support/mails';
import { usualSecurity } from '../support/security';
import { counts } from '../support/tables';

/** Verified address at the issuer that has no user. */
const STRANGER = 'nobody@nowhere.example';

let world: MailGateway;
let issuer: ChildProcess;
let at: { issuer: string; audience: string };

beforeAll(async () => {
  issuer = spawn(process.execPath, [resolve(__dirname, '../support/oidc-issuer.mjs')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(createInterface({ input: issuer.stdout as NodeJS.ReadableStream }), 'line');
  at = JSON.parse(String(line));
  const discovered = await fetch(`${at.issuer}/.well-known/openid-configuration`);
  const { jwks_uri: jwksUrl } = (await discovered.json()) as { jwks_uri: string };
  const env = { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: at.issuer, AUTH_AUDIENCE: at.audience };
  world = await startMailGateway({}, { security: usualSecurity(env) });
});
afterAll(async () => {
  issuer.kill();
  await world.stop();
});

async function strangersToken(): Promise<string> {
  const response = await fetch(`${at.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('stranger:a+secret+of+the+tests').toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: at.audience }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

test('an invited person accepts by signing in at the issuer, and the mail leads there', async () => {
  const { gateway } = world;
  const token = await strangersToken();
  const visit = () => gateway.send(token, '{ viewer { email roles account { name } } }');
  expect((await visit()).status).toBe(401);
  const invited = {
    email: STRANGER,
    name: 'Nora',
    roles: ['CUSTOMER'],
    accountId: accountId('Alpine Dental'),
  };
  const { invitation } = await world.invite('sales@skyline.example', invited);
  const mail = await world.mailTo(STRANGER);
  expect(mail.token).toBeUndefined();
  expect(mail.source).toContain('https://cloud.example/console');

  const before = await counts(gateway, 'users');
  const answers = await Promise.all(Array.from({ length: 5 }, visit));
  for (const { data } of answers) {
    expect(data.viewer).toEqual({
      email: STRANGER,
      roles: ['CUSTOMER'],
      account: { name: 'Alpine Dental' },
    });
  }
  expect(await counts(gateway, 'users')).toEqual({ users: before.users + 1 });
  const seen = 'query ($id: ID!) { node(id: $id) { ... on Invitation { state user { email } } } }';
  const { data } = await gateway.send(await gateway.token('sales@skyline.example'), seen, {
    id: invitation.id,
  });
  expect(data.node).toEqual({ state: 'ACCEPTED', user: { email: STRANGER } });
});

test('an issuer does not accept a revoked invitation', async () => {
  const { gateway } = world;
  await gateway.rows(`UPDATE invitations SET state = 'REVOKED', userId = NULL WHERE email = ?`, [STRANGER]);
  await gateway.rows('DELETE FROM baskets WHERE openUserId IN (SELECT id FROM users WHERE email = ?)', [
    STRANGER,
  ]);
  await gateway.rows('DELETE FROM users WHERE email = ?', [STRANGER]);
  expect((await gateway.send(await strangersToken(), '{ viewer { id } }')).status).toBe(401);
});
