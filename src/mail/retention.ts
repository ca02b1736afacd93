import type { Database } from '../database';
import { deleteOldMails } from '../store';

/** Maximum number of rows removed in one statement. */
const BATCH = 500;

/** Removes a batch of mails that were queued before `cutoff`. Resolves to whether to repeat. */
export const removeOldMails = async (db: Database, cutoff: Date): Promise<boolean> =>
  (await deleteOldMails(db, cutoff, BATCH)) === BATCH;
