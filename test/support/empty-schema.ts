import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** The address of this worker's own schema, which is made anew. */
export async function emptySchema(server = process.env.TEST_DATABASE_URL): Promise<string> {
  if (!server) throw new Error('There is no database to test with.');
  const name = `test_w${process.env.JEST_WORKER_ID ?? '1'}`;
  const connection = await createConnection(server);
  // A failed test can leave a transaction open, which DROP DATABASE would wait for.
  const [left] = await connection.query<RowDataPacket[]>(
    `SELECT p.id FROM information_schema.innodb_trx t JOIN information_schema.processlist p
     ON p.id = t.trx_mysql_thread_id WHERE p.db = ?`,
    [name],
  );
  for (const { id } of left) await connection.query('KILL ?', [id]).catch(ignoreEnded);
  await connection.query(`DROP DATABASE IF EXISTS ${name}`);
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  await connection.end();
  return new URL(`/${name}`, server).toString();
}

/** The connection ended before it was killed (ER_NO_SUCH_THREAD). */
function ignoreEnded(error: { errno?: number }): void {
  if (error.errno !== 1094) throw error;
}
