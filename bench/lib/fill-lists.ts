import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import type { Database } from '../../src/database';
import { writeMissingTerms } from '../../src/store';
import { fillCharges, fillCustomers, fillHistory, nthId, type Run } from './fill';

const GROWING = ['accounts', 'users', 'orders', 'order_lines', 'subscriptions', 'search_terms', 'charges'];
const NAMES = `'Northwind','Contoso','Fabrikam','Adventure','Wingtip','Proseware','Lucerne','Tailspin','Litware','Humongous',
  'Coho','Alpine','Blue Yonder','Margie','Nod','Relecloud','Trey','VanArsdel','Woodgrove','Datum'`;
const TRADES = `'Foods','Brewery','Transport','Müller','Werkzeug','Systems','Boulangerie','Clinic','Press','Energy'`;
const USES = `'Backup','Archive','Camera','Mail','Exchange','Video','Lab','Accounting','Finance','Website','Database'`;

/** Manager of three accounts. The demo's manager has half of all. */
export const FEW = 'usr_few';

/**
 * Fills the tables of the lists: `count` subscriptions, each with its order, for a tenth as many accounts. Names repeat
 * as those of companies do; states are skewed, and the rare ones are not spread over time.
 */
export async function fillLists(db: Database, run: Run, count: number): Promise<void> {
  const customers = Math.max(100, Math.round(count / 10));
  await fillCustomers(run, customers);
  await fillHistory(run, count, customers);
  await fillCharges(run, count, customers);
  await run(`UPDATE accounts SET name = CONCAT(ELT(1 + CRC32(id) % 20, ${NAMES}), ' ',
      ELT(1 + CRC32(CONCAT(id, 'x')) % 10, ${TRADES}), ' ', SUBSTRING_INDEX(name, ' ', -1))
    WHERE id LIKE 'acc\\_0000000%'`);
  await run(`UPDATE subscriptions SET
      friendlyName = CONCAT(ELT(1 + CRC32(id) % 11, ${USES}), ' ', SUBSTRING(id, 20)),
      state = CASE WHEN CRC32(CONCAT(id, 's')) % 1000 = 0 THEN 'SUSPENDED' WHEN createdAt > '2026-10-20' THEN 'PENDING'
        WHEN CRC32(CONCAT(id, 'c')) % 10 = 0 THEN 'CANCELLED' ELSE state END,
      syncState = CASE WHEN CRC32(CONCAT(id, 'f')) % 2000 = 0 THEN 'FAILED' ELSE 'SYNCED' END,
      productId = IF(CRC32(CONCAT(id, 'p')) % 20 = 0, '${demoId('prod', 'IC-BASE-1TB')}', productId),
      serviceId = IF(CRC32(CONCAT(id, 'p')) % 20 = 0, '${demoId('svc', 'impossible-cloud-storage')}', serviceId),
      currentPeriodEnd = '2026-12-01' + INTERVAL CRC32(CONCAT(id, 'e')) % 700 HOUR
    WHERE id LIKE 'sub\\_0000000%'`);
  await run(`INSERT INTO users (id, name, email, roles, passwordHash)
    VALUES ('${FEW}', 'Few', 'few@bss.example', '["ACCOUNT_MANAGER"]', '')`);
  await run(`UPDATE accounts SET accountManagerId = '${FEW}' WHERE id IN (?, ?, ?)`, [
    nthId('acc', 10),
    nthId('acc', 20),
    nthId('acc', 30),
  ]);
  await writeMissingTerms(db);
  // MySQL has closed the connection of `run` by now, which was idle.
  for (const table of GROWING) await db.rows(`ANALYZE TABLE ${table}`);
}

/** Values of the filters that the plans use. */
export const listed = {
  account: nthId('acc', 11),
  reseller: accountId('Skyline IT'),
  manager: userId('manager@bss.example'),
  product: demoId('prod', 'IC-BASE-1TB'),
  service: demoId('svc', 'impossible-cloud-storage'),
  externalId: 'ext77',
};
