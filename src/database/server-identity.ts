import type { Connection } from 'mysql2';

/** Variables that identify a server, as far as it has them: MariaDB has no `server_uuid`. */
const IDENTITY = `SHOW GLOBAL VARIABLES
  WHERE Variable_name IN ('hostname', 'port', 'datadir', 'server_id', 'server_uid', 'server_uuid')`;

const identities = new WeakMap<Connection, string>();

/** Identity of the server behind `connection`. Undefined until the server has answered. */
export const identityOf = (connection: Connection): string | undefined => identities.get(connection);

/** Reads the identity of the server behind `connection`. Calls `done` with or without an answer. */
export function identify(connection: Connection, done: () => void = () => undefined): void {
  connection.query({ sql: IDENTITY, rowsAsArray: true }, (error, rows) => {
    if (!error) identities.set(connection, JSON.stringify(rows));
    done();
  });
}
