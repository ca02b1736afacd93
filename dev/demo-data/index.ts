import type { Database } from '../../src/database';
import { User } from '../../src/entities';
import { insertCatalog } from './catalog';
import { DEMO_PASSWORD_HASH, insertPeople } from './people';

export { accountId, DEMO_PASSWORD, DEMO_PASSWORD_HASH, demoUsers, userId } from './people';

/** Inserts the demo data in one transaction, unless the database has users. Resolves to whether it was inserted. */
export async function insertDemoData(db: Database): Promise<boolean> {
  return db.transaction(async tx => {
    // Row that every catalog change locks, so that of two concurrent processes only one inserts the data.
    await tx.rows('SELECT version FROM catalog_version WHERE id = 1 FOR UPDATE');
    if ((await tx.count(User, '')) > 0) return false;
    await insertCatalog(tx);
    await insertPeople(tx, DEMO_PASSWORD_HASH);
    return true;
  });
}
