import type { Connection } from 'mysql2';

/** What tells servers from each other, as far as each has it: MariaDB has no `server_uuid`. */
const IDENTITY = `SHOW GLOBAL VARIABLES
  WHERE Variable_name IN ('hostname', 'port', 'datadir', 'server_id', 'server_uid', 'server_uuid')`;

const identities = new WeakMap<Connection, string>();

/** The server that `connection` leads to, as it says; undefined until it has answered. */
export const identityOf = (connection: Connection): string | undefined => identities.get(connection);

/** Asks the server that `connection` leads to who it is, and calls `done` with or without an answer. */
export function identify(connection: Connection, done: () => void = () => undefined): void {
  connection.query({ sql: IDENTITY, rowsAsArray: true }, (error, rows) => {
    if (!error) identities.set(connection, JSON.stringify(rows));
    done();
  });
}
