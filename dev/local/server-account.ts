import { writeFileSync } from 'node:fs';
import type { Engine } from './engine';

/** Name of the database and of the account that owns it. */
const NAME = 'skybasket';

/** Returns the URL of the database for the account. */
export const databaseUrl = (password: string, port: number, host = '127.0.0.1'): string =>
  `mysql://${NAME}:${password}@${host}:${port}/${NAME}`;

/**
 * Writes the init file of the server, which it executes at every start before it accepts connections. It creates the
 * database and the account, or resets the password. The account of a throwaway server can create databases.
 */
export function writeInitFile(
  { hardening }: Engine,
  path: string,
  password: string,
  throwaway: boolean,
): void {
  const statements = [
    ...hardening,
    `CREATE DATABASE IF NOT EXISTS ${NAME} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
  ];
  for (const host of ['localhost', '127.0.0.1']) {
    const account = `'${NAME}'@'${host}'`;
    statements.push(
      `CREATE USER IF NOT EXISTS ${account}`,
      `ALTER USER ${account} IDENTIFIED BY '${password}'`,
      `GRANT ALL PRIVILEGES ON ${throwaway ? '*' : NAME}.* TO ${account}${throwaway ? ' WITH GRANT OPTION' : ''}`,
    );
  }
  writeFileSync(path, `${statements.join(';\n')};\n`, { mode: 0o600 });
}
