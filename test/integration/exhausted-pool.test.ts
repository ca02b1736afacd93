import { createConnection } from 'mysql2/promise';
import { accountId } from '../../src/demo-data';
import { startTestGateway, type TestGateway, usualDatabase } from '../support/gateway';
import { until } from '../support/private-mariadb';
import { usualSecurity } from '../support/security';

const POOL = 4;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(
    {},
    {
      databasePool: POOL,
      database: usualDatabase({ statementTimeoutMs: 60_000 }),
      security: usualSecurity({ REQUEST_TIMEOUT_MS: '4000' }),
    },
  );
});
afterAll(() => gateway.stop());

/** Statements of the gateway that wait on the server for the lock. */
async function waiting(): Promise<number> {
  const rows = await gateway.rows(
    `SELECT ID FROM information_schema.INNODB_TRX JOIN information_schema.PROCESSLIST ON ID = trx_mysql_thread_id
     WHERE DB = DATABASE() AND trx_state = 'LOCK WAIT'`,
  );
  return rows.length;
}

test('requests that wait for a lock over every connection end at their deadline, on the server too', async () => {
  const token = await gateway.token('sales@skyline.example');
  const buyer = await gateway.token('buyer@contoso.example');
  const choose =
    'mutation ($input: ChooseRecipientInput!) { chooseRecipient(input: $input) { errors { code } } }';
  const input = { accountId: accountId('Alpine Dental') };
  await gateway.send(token, choose, { input });
  const before = await gateway.rows('SELECT * FROM baskets ORDER BY id');
  const locker = await createConnection(gateway.settings.databaseUrl);
  await locker.beginTransaction();
  await locker.query('SELECT * FROM baskets FOR UPDATE');
  const stuck = Array.from({ length: 40 }, () => gateway.send(token, choose, { input }));
  await until(async () => (await waiting()) === POOL);
  expect((await Promise.all(stuck)).map(({ status }) => status)).toEqual(Array(40).fill(504));
  // The lock is still held, and nobody waits for it.
  await until(async () => (await waiting()) === 0);
  expect((await gateway.send(buyer, '{ orders { nodes { id } } }')).status).toBe(200);
  expect(await gateway.rows('SELECT * FROM baskets ORDER BY id')).toEqual(before);
  await locker.rollback();
  await locker.end();
  expect((await gateway.send(token, choose, { input })).data.chooseRecipient.errors).toEqual([]);
});
