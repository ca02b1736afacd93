import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { typeid } from 'typeid-js';
import { z } from 'zod';
import { ensureCurrency, lockCatalog, recordCatalogChange } from '../catalog';
import { readDatabase } from '../config';
import type { Database, Transaction } from '../database';
import { PriceList, Role } from '../entities';
import { createUser } from '../services/identity/create-user';
import { hashPassword } from '../services/identity/passwords';
import { emailAddress, singleLine } from '../services/input';
import { countAdministrators, findPublicPriceList, insertInto } from '../store';
import { OperatorError, type Progress } from '../terminal';
import { commandLine, run } from './command';
import { openSynchronized } from './open';

const administratorSchema = z.object({
  email: emailAddress,
  name: singleLine('The name', 100),
  currency: z.string().regex(/^[A-Z]{3}$/, { error: '--currency is not a code such as EUR.' }),
});

type Administrator = z.infer<typeof administratorSchema>;

/** Creates the public price list and one administrator. Returns its password, or undefined where there is one. */
async function setUp(db: Database, { email, name, currency }: Administrator): Promise<string | undefined> {
  const password = randomBytes(18).toString('base64url');
  const passwordHash = await hashPassword(password);
  return db.transaction(async tx => {
    // Locks the catalog's row: of two that are run at once, one finds the other's administrator.
    await lockCatalog(tx);
    if ((await countAdministrators(tx)) > 0) return undefined;
    await recordCatalogChange(tx, 'The gateway was set up.');
    await ensurePublicPrices(tx, currency);
    await createUser(tx, { email, name, roles: [Role.ADMINISTRATOR], passwordHash });
    return password;
  });
}

async function ensurePublicPrices(tx: Transaction, currency: string): Promise<void> {
  if (await findPublicPriceList(tx)) return;
  if (!(await ensureCurrency(tx, currency))) {
    throw new OperatorError(`${currency} is not a currency of ISO 4217; nothing was changed.`);
  }
  const id = typeid('pl').toString();
  await insertInto(tx, PriceList, { id, code: 'public', currency, isDefault: true });
}

const program = commandLine(
  'setup',
  'Creates the first administrator and the public price list in a migrated database. Prints the password once.',
)
  .requiredOption('--email <address>', 'e-mail address of the administrator')
  .requiredOption('--name <name>', 'name of the administrator')
  .option('--currency <code>', 'currency of the public price list', 'EUR')
  .option('--if-needed', 'succeed without a change where there is an administrator', false)
  .addHelpText('after', '\nReads DATABASE_URL from the environment.');

async function main(progress: Progress): Promise<number> {
  const { ifNeeded, ...options } = program.opts<{ ifNeeded: boolean }>();
  const parsed = administratorSchema.safeParse(options);
  if (!parsed.success) throw new OperatorError(parsed.error.issues.map(({ message }) => message).join(' '));
  progress.step('Connecting to the database …');
  const { db, close } = await openSynchronized({ ...readDatabase(process.env), databasePool: 2 });
  try {
    progress.step('Creating the administrator …');
    const password = await setUp(db, parsed.data);
    if (password === undefined && !ifNeeded) throw new OperatorError(THERE_IS_ONE);
    progress.print(
      password === undefined ? THERE_IS_ONE : `${parsed.data.email} can sign in with ${password}`,
    );
    return 0;
  } finally {
    await close();
  }
}

const THERE_IS_ONE = 'There is an administrator already; nothing was changed.';

program.parse();
void run(main);
