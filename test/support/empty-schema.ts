import { createConnection } from 'mysql2/promise';

/** The address of this worker's own schema, which is made anew. */
export async function emptySchema(server = process.env.TEST_DATABASE_URL): Promise<string> {
  if (!server) throw new Error('There is no database to test with.');
  const name = `test_w${process.env.JEST_WORKER_ID ?? '1'}`;
  const connection = await createConnection(server);
  await connection.query(`DROP DATABASE IF EXISTS ${name}`);
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  await connection.end();
  return new URL(`/${name}`, server).toString();
}
