import type { Session } from '../../database';
import type { User } from '../../entities';
import { seesAmounts } from '../../policies';
import { findActors, findReferences, type References } from '../../store';

/** Finds the references in a mail about an event, or about what has the same ids. Returns those of each user: none for end customers. */
export async function referencesFor(
  session: Session,
  recipients: readonly User[],
  event: Parameters<typeof findReferences>[1],
): Promise<(userId: string) => { references?: References }> {
  if (recipients.length === 0) return () => ({});
  const references = await findReferences(session, event);
  const actors = await findActors(
    session,
    recipients.map(({ id }) => id),
  );
  return userId => {
    const actor = actors.get(userId);
    return actor && seesAmounts(actor) ? { references } : {};
  };
}
