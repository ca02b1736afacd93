import type { Database } from '../../src/database';
import { User } from '../../src/entities';
import { insertCatalog } from './catalog';
import { DEMO_PASSWORD_HASH, insertPeople } from './people';

export { accountId, DEMO_PASSWORD, DEMO_PASSWORD_HASH, demoUsers, userId } from './people';

/** Fills a database that has no users with the demo data, in one transaction; leaves any other as it is. */
export async function insertDemoData(db: Database): Promise<boolean> {
  return db.transaction(async tx => {
    // The row that every catalog change locks: of two processes that start at once, one fills the database.
    await tx.rows('SELECT version FROM catalog_version WHERE id = 1 FOR UPDATE');
    if ((await tx.count(User, '')) > 0) return false;
    await insertCatalog(tx);
    await insertPeople(tx, DEMO_PASSWORD_HASH);
    return true;
  });
}
