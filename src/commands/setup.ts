import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { typeid } from 'typeid-js';
import { z } from 'zod';
import { changeCatalog, ensureCurrency } from '../catalog';
import { createDataSource, Database, serverKind, type Transaction } from '../database';
import { PriceList, Role, User } from '../entities';
import { createUser } from '../services/identity/create-user';
import { hashPassword } from '../services/identity/passwords';
import { emailAddress, line } from '../services/input';

const USAGE = 'npm run setup -- --email ada@example.com --name "Ada Minster" [--currency EUR]';

const asked = z.object({
  email: z.string({ error: 'an e-mail' }).pipe(emailAddress),
  name: z.string({ error: 'a name' }).pipe(line('a name', 100)),
  currency: z.string().regex(/^[A-Z]{3}$/, { error: 'a currency such as EUR' }),
});

/** The sentence is for the operator. */
class SetupError extends Error {}

/**
 * What a migrated database lacks before anybody can use it: the public price list, and one administrator, who is given a
 * password that is nowhere else. Refused where there is an administrator.
 */
async function setUp(db: Database, { email, name, currency }: z.infer<typeof asked>): Promise<string> {
  const password = randomBytes(18).toString('base64url');
  const passwordHash = await hashPassword(password);
  await db.transaction(async tx => {
    // Locks the catalog's row: of two that are run at once, one finds the other's administrator.
    await changeCatalog(tx, 'The gateway was set up.');
    const administrators = await tx.count(User, `WHERE JSON_CONTAINS(t.roles, '"${Role.ADMINISTRATOR}"')`);
    if (administrators > 0) throw new SetupError('There is an administrator already; nothing was changed.');
    await ensurePublicPrices(tx, currency);
    await createUser(tx, { email, name, roles: [Role.ADMINISTRATOR], passwordHash });
  });
  return password;
}

async function ensurePublicPrices(tx: Transaction, currency: string): Promise<void> {
  if ((await tx.count(PriceList, 'WHERE t.isDefault')) > 0) return;
  if (!(await ensureCurrency(tx, currency))) {
    throw new SetupError(`${currency} is not a currency of ISO 4217; nothing was changed.`);
  }
  const id = typeid('pl').toString();
  await tx.insert(PriceList, [{ id, code: 'public', currency, isDefault: true }]);
}

async function main(): Promise<void> {
  const string = { type: 'string' } as const;
  const options = { email: string, name: string, currency: { ...string, default: 'EUR' } };
  const parsed = asked.safeParse(parseArgs({ options }).values);
  if (!parsed.success) {
    throw new SetupError(
      `Missing: ${parsed.error.issues.map(({ message }) => message).join(', ')}.\n${USAGE}`,
    );
  }
  const url = process.env.DATABASE_URL;
  if (!url) throw new SetupError('DATABASE_URL has to be set.');
  const source = createDataSource(url, await serverKind(url), 2);
  await source.initialize();
  try {
    const password = await setUp(Database.over(source), parsed.data);
    process.stdout.write(`${parsed.data.email} can sign in with ${password}\n`);
  } finally {
    await source.destroy();
  }
}

main().catch((error: unknown) => {
  const sentence = error instanceof SetupError ? error.message : String((error as Error).stack ?? error);
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
});
