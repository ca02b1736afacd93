import type { Database } from '../../database';
import { claimChore, registerChore, writeMissingTerms } from '../../store';

const CHORE = 'search words';
/** Lease of the chore. Each chunk of rows renews it. */
const LEASE_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Writes the words of rows that searches cannot find, once a day in one of all processes. Resolves to false. */
export async function writeMissingWords(db: Database, signal: AbortSignal): Promise<boolean> {
  await registerChore(db, CHORE, 0);
  const claim = await claimChore(db, CHORE, LEASE_MS);
  if (!claim) return false;
  let complete = false;
  try {
    complete = await writeMissingTerms(db, async () => !signal.aborted && (await claim.renew()));
  } finally {
    await claim.release(complete ? DAY_MS : 0);
  }
  return false;
}
