import { readDatabase } from '../../src/config';
import { Database, openDatabase } from '../../src/database';
import { type OwnServer, startMysqlWith } from './support';

let server: OwnServer;
beforeAll(async () => {
  server = await startMysqlWith([]);
  await server.admin(
    'CREATE DATABASE named',
    `CREATE USER 'cached'@'127.0.0.1' IDENTIFIED WITH caching_sha2_password BY 'secret'`,
    `GRANT ALL ON named.* TO 'cached'@'127.0.0.1'`,
  );
}, 60_000);
afterAll(() => server.stop());

/** Opens the database as the user; resolves to the cipher of the connection, '' without TLS. */
async function cipher(env: Record<string, string>): Promise<string | undefined> {
  const url = server.url('named', 'cached', 'secret');
  const { source } = await openDatabase(readDatabase({ DATABASE_URL: url, DATABASE_POOL: '2', ...env }));
  const db = Database.over(source);
  const [row] = await db.rows<{ Value: string }>(`SHOW SESSION STATUS LIKE 'Ssl_cipher'`);
  await db.close(100);
  return row?.Value;
}

describe.each([
  ['without TLS', {}, /^$/],
  ['with TLS', { DATABASE_TLS: 'required' }, /./],
])('caching_sha2_password %s', (_name, env: Record<string, string>, expected) => {
  test('signs in with the password, and from the cache of the server', async () => {
    // Empties the cache: the first connection sends the password, over TLS or encrypted with the server's RSA key.
    await server.admin('FLUSH PRIVILEGES');
    expect(await cipher(env)).toMatch(expected);
    expect(await cipher(env)).toMatch(expected);
  });
});

test('a server that demands TLS refuses a connection without it, and the sentence says what to set', async () => {
  await server.admin('SET GLOBAL require_secure_transport = ON');
  await expect(cipher({})).rejects.toThrow(/DATABASE_TLS/);
  expect(await cipher({ DATABASE_TLS: 'required' })).not.toBe('');
});
