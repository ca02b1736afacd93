import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { Metrics } from '../../src/observability';
import { createForeignTokens } from '../../src/services/identity/foreign-tokens';

const SETTINGS = { issuer: 'https://issuer.example', audience: 'skybasket' };

test.each([
  [3, true],
  [60, false],
  [-60, true],
])('a token that becomes valid in %i seconds is accepted: %s', async (seconds, accepted) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256' };
  const server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const tokens = createForeignTokens(
    { ...SETTINGS, jwksUrl: `http://127.0.0.1:${port}/` },
    new Metrics().identity,
    pino({ level: 'silent' }),
  );
  const token = await new SignJWT({ email: 'buyer@contoso.example', email_verified: true })
    .setProtectedHeader({ alg: 'ES256', kid: 'test' })
    .setIssuer(SETTINGS.issuer)
    .setAudience(SETTINGS.audience)
    .setNotBefore(Math.floor(Date.now() / 1000) + seconds)
    .setExpirationTime('5m')
    .sign(privateKey);
  expect((await tokens.read(token))?.email).toBe(accepted ? 'buyer@contoso.example' : undefined);
  server.close();
});
