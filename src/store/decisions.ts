import { currentTime } from '../clock';
import { columns, type EntityClass, type Session, type Transaction } from '../database';
import {
  type CancellationRequest,
  CancellationRequestState,
  type Decider,
  type SubscriptionChange,
} from '../entities';
import { updateById } from './rows';

/** Record that a party decides on. Both entities have the same columns for it. */
export type Decidable = CancellationRequest | SubscriptionChange;

/** Entity of such a record. */
export type DecidableEntity = EntityClass<CancellationRequest> | EntityClass<SubscriptionChange>;

/** States that both entities have. */
const { PENDING, ACCEPTED } = CancellationRequestState;

const namesOf = (entity: DecidableEntity) => columns(entity as EntityClass<CancellationRequest>);

/** Passes a locked pending record on to another decider with a note, and lets its reminders begin anew. */
export const forwardToDecider = (
  tx: Transaction,
  entity: DecidableEntity,
  id: string,
  awaiting: Decider,
  decisionNote: string | null,
): Promise<void> =>
  updateById(tx, entity as EntityClass<CancellationRequest>, id, {
    awaiting,
    decisionNote,
    forwardedAt: currentTime(),
    escalation: 0,
    version: () => `${namesOf(entity).version} + 1`,
  });

/** Claims an accepted record that is due for its operation, once. Resolves to false if another process has claimed it. */
export async function claimDue(tx: Transaction, entity: DecidableEntity, id: string): Promise<boolean> {
  const r = namesOf(entity);
  const claimed = await tx.execute(
    `UPDATE ${r.table} SET ${r.effectiveAt} = NULL, ${r.version} = ${r.version} + 1
     WHERE ${r.id} = ? AND ${r.state} = '${ACCEPTED}' AND ${r.effectiveAt} IS NOT NULL`,
    [id],
  );
  return claimed === 1;
}

/** Level of the reminders of one decider. */
interface EscalationLevel {
  awaiting: Decider;
  level: number;
}

/** Finds the ids of records that `awaiting` has had for `hours` hours and that have not reached `level`, oldest first. */
export function findOverdue(
  session: Session,
  entity: DecidableEntity,
  { awaiting, level }: EscalationLevel,
  hours: number,
  limit: number,
): Promise<{ id: string }[]> {
  const r = namesOf(entity);
  return session.rows(
    `SELECT ${r.id} FROM ${r.table} WHERE ${r.state} = '${PENDING}' AND ${r.awaiting} = ? AND ${r.escalation} < ?
       AND COALESCE(${r.forwardedAt}, ${r.requestedAt}) <= NOW(3) - INTERVAL ${hours} HOUR
     ORDER BY ${r.id} LIMIT ${limit}`,
    [awaiting, level],
  );
}

/** Raises a pending record to `level`, once. Resolves to false if another process has raised it, or it was decided or forwarded. */
export async function claimEscalation(
  tx: Transaction,
  entity: DecidableEntity,
  id: string,
  { awaiting, level }: EscalationLevel,
): Promise<boolean> {
  const r = namesOf(entity);
  const claimed = await tx.execute(
    `UPDATE ${r.table} SET ${r.escalation} = ?
     WHERE ${r.id} = ? AND ${r.state} = '${PENDING}' AND ${r.awaiting} = ? AND ${r.escalation} < ?`,
    [level, id, awaiting, level],
  );
  return claimed === 1;
}
