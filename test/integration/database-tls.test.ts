import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDatabase } from '../../src/config';
import { Database, openDatabase } from '../../src/database';
import { type Certificates, makeCertificates } from '../support/certificates';
import { startOn, startWith } from '../support/private-server';

const home = mkdtempSync(join(tmpdir(), 'skybasket-tls-server-'));
let good: Certificates;
let other: Certificates;
let server: Awaited<ReturnType<typeof startWith>>;
let start: (own: string[]) => ReturnType<typeof startWith>;
let address: (host: string) => string;
beforeAll(async () => {
  [good, other] = [makeCertificates(), makeCertificates()];
  const plain = await startOn(home);
  const url = new URL(plain.url);
  await plain.stop();
  start = own =>
    startWith(home, plain.socketPath, [
      '--require-secure-transport=ON',
      `--ssl-ca=${good.ca}`,
      `--ssl-cert=${good.server.cert}`,
      `--ssl-key=${good.server.key}`,
      ...own,
    ]);
  server = await start([]);
  address = host => Object.assign(new URL(url), { hostname: host, port: String(server.port) }).toString();
}, 60_000);
afterAll(async () => {
  await server.stop();
  for (const folder of [home, good.folder, other.folder]) rmSync(folder, { recursive: true, force: true });
});

/** Opens the database with these settings; resolves to the cipher, or to why it cannot be used. */
async function opened(host: string, env: Record<string, string>): Promise<string> {
  try {
    const settings = readDatabase({ DATABASE_URL: address(host), DATABASE_POOL: '2', ...env });
    const { source } = await openDatabase(settings);
    const db = Database.over(source);
    const [row] = await db.rows<{ Value: string }>(`SHOW SESSION STATUS LIKE 'Ssl_cipher'`);
    await db.close(100);
    return row?.Value ? 'encrypted' : 'plain';
  } catch (error) {
    return (error as Error).message;
  }
}

test('a server that requires TLS refuses the start without it, with one sentence', async () => {
  expect(await opened('127.0.0.1', {})).toMatch(
    /^The database at .+ does not accept the user .+ If it demands TLS, set DATABASE_TLS\.$/,
  );
});

test('TLS connects with a certificate that is not verified', async () => {
  expect(await opened('127.0.0.1', { DATABASE_TLS: 'required' })).toBe('encrypted');
});

test('TLS connects with a certificate verified by the CA', async () => {
  const verified = { DATABASE_TLS: 'verify-ca' };
  expect(await opened('127.0.0.1', { ...verified, DATABASE_TLS_CA: good.ca })).toBe('encrypted');
  expect(await opened('127.0.0.1', { ...verified, DATABASE_TLS_CA: other.ca })).toMatch(
    /cannot be used: .*certificate/,
  );
  expect(await opened('127.0.0.1', verified)).toMatch(/cannot be used: .*certificate/);
});

test('TLS connects with a certificate verified by the CA and the host name', async () => {
  const verified = { DATABASE_TLS: 'verify-identity', DATABASE_TLS_CA: good.ca };
  expect(await opened('localhost', verified)).toBe('encrypted');
  expect(await opened('127.0.0.1', verified)).toBe(
    'DATABASE_TLS=verify-identity needs a host name in DATABASE_URL, not an address.',
  );
  expect(await opened('localhost.', verified)).not.toBe('plain');
});

test('TLS connects with a client certificate, if the account requires one', async () => {
  const verified = { DATABASE_TLS: 'verify-ca', DATABASE_TLS_CA: good.ca };
  const certificate = { DATABASE_TLS_CERT: good.client.cert, DATABASE_TLS_KEY: good.client.key };
  await server.stop();
  const init = join(good.folder, 'init.sql');
  writeFileSync(init, `ALTER USER 'skybasket'@'127.0.0.1' REQUIRE X509;\n`);
  server = await start([`--init-file=${init}`]);
  expect(await opened('127.0.0.1', verified)).toMatch(/does not accept the user/);
  expect(await opened('127.0.0.1', { ...verified, ...certificate })).toBe('encrypted');
});

test('TLS parameters in the URL, files without TLS and incomplete pairs are refused', async () => {
  const env = { DATABASE_URL: `${address('127.0.0.1')}?ssl={}` };
  expect(() => readDatabase(env)).toThrow('DATABASE_URL takes no parameters');
  expect(await opened('127.0.0.1', { DATABASE_TLS_CA: good.ca })).toBe(
    'DATABASE_TLS has to be set, as its files are.',
  );
  expect(await opened('127.0.0.1', { DATABASE_TLS: 'required', DATABASE_TLS_KEY: good.client.key })).toBe(
    'DATABASE_TLS_CERT and DATABASE_TLS_KEY need each other.',
  );
  expect(await opened('127.0.0.1', { DATABASE_TLS: 'required', DATABASE_TLS_CA: '/nowhere.pem' })).toMatch(
    /^DATABASE_TLS_CA cannot be read: /,
  );
});
