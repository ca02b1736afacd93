import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createDataSource, detectDialect } from '../../src/database';
import { built } from '../support/dist';
import { emptySchema } from '../support/empty-schema';
import { startTestGateway } from '../support/gateway';
import { signIn } from '../support/sign-in';

const SETUP = built('src/commands/setup.js');

/** Runs it as an operator does; resolves to what it prints, or rejects with its complaint. */
async function setUp(databaseUrl: string, ...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl };
  const { stdout } = await promisify(execFile)(process.execPath, [SETUP, ...args], { env });
  return stdout;
}

const ADA = ['--email', 'Ada@Example.com', '--name', 'Ada Minster', '--currency', 'CHF'];

test('makes the first administrator and the public price list, once', async () => {
  const databaseUrl = await emptySchema();
  const source = await createDataSource(databaseUrl, await detectDialect(databaseUrl), 2).initialize();
  await source.runMigrations({ transaction: 'each' });
  await expect(setUp(databaseUrl)).rejects.toThrow("required option '--email <address>' not specified");
  const [, password = ''] =
    /^ada@example\.com can sign in with (\S+)\n$/.exec(await setUp(databaseUrl, ...ADA)) ?? [];
  await expect(setUp(databaseUrl, '--email', 'eve@example.com', '--name', 'Eve')).rejects.toThrow(
    'There is an administrator already; nothing was changed.',
  );
  expect(await setUp(databaseUrl, ...ADA, '--if-needed')).toBe(
    'There is an administrator already; nothing was changed.\n',
  );
  await source.destroy();

  const gateway = await startTestGateway({}, { databaseUrl, demoData: false });
  try {
    expect(await gateway.rows('SELECT code, currency, isDefault FROM price_lists')).toEqual([
      { code: 'public', currency: 'CHF', isDefault: 1 },
    ]);
    const payload = await signIn(gateway, 'ada@example.com', password);
    expect(payload).toMatchObject({ viewer: { name: 'Ada Minster', roles: ['ADMINISTRATOR'] }, errors: [] });
    expect(await gateway.rows('SELECT email FROM users')).toEqual([{ email: 'ada@example.com' }]);
  } finally {
    await gateway.stop();
  }
});
