import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { makeCertificates } from '../support/certificates';
import { type MailGateway, startMailGateway } from '../support/mails';
import { found } from '../support/until';

const CONTOSO = 'buyer@contoso.example';
const { server: pair } = makeCertificates();
const certificate = createSecureContext({ cert: readFileSync(pair.cert), key: readFileSync(pair.key) });

let world: MailGateway;
afterEach(() => world.stop());

const start = (query: string) => startMailGateway({}, {}, ({ url }) => `${url}${query}`);
const error = () => found(async () => (await world.mails({ to: CONTOSO }))[0]?.error ?? undefined);

test('STARTTLS is used where the server offers it', async () => {
  world = await start('?tls.rejectUnauthorized=false');
  world.server.starttls = certificate;
  await world.forget(CONTOSO);
  expect((await world.mailTo(CONTOSO)).encrypted).toBe(true);
  await world.delivered();
  expect(await world.mails({ states: ['SENT'] })).toHaveLength(1);
});

test('a certificate that nobody vouches for gets no mail', async () => {
  world = await start('');
  world.server.starttls = certificate;
  await world.forget(CONTOSO);
  expect(await error()).toMatch(/certificate/);
  expect(world.server.mails).toEqual([]);
});

test('requireTLS sends nothing to a server without STARTTLS', async () => {
  world = await start('?requireTLS=true');
  await world.forget(CONTOSO);
  expect(await error()).toMatch(/502 No TLS here/);
  expect(world.server.mails).toEqual([]);
});
