import type { Database, Transaction } from '../../database';
import { CancellationRequest } from '../../entities';
import {
  claimEscalation,
  findActiveAdministrators,
  findActivePersons,
  findById,
  findOverdueRequests,
} from '../../store';
import { enqueueMail } from '../enqueue';
import { requestFacts } from './notifications';
import { deputyOf, findManagers, findRecipients } from './recipients';
import { referencesFor } from './references';

/** Hours without a decision after which a request is sent on. */
export interface EscalationHours {
  /** To the deputy of the account manager; without one, to the account manager again. */
  deputy: number;
  /** To all administrators. */
  administrators: number;
}

/** Maximum number of requests per run and level. */
const BATCH = 100;

type FindIds = (tx: Transaction, request: CancellationRequest) => Promise<string[]>;

const toDeputy: FindIds = async (tx, request) => {
  const managers = await findManagers(tx, request);
  const deputies = await findActivePersons(
    tx,
    managers.flatMap(manager => deputyOf(manager) ?? []),
  );
  return (deputies.length > 0 ? deputies : managers).map(({ id }) => id);
};

const toAdministrators: FindIds = async tx => (await findActiveAdministrators(tx)).map(({ id }) => id);

/** Sends requests without a decision to the deputy, and later to the administrators. Resolves to whether to repeat. */
export async function escalateRequests(
  db: Database,
  { deputy, administrators }: EscalationHours,
): Promise<boolean> {
  const first = await escalate(db, 1, deputy, toDeputy);
  const second = await escalate(db, 2, administrators, toAdministrators);
  return first || second;
}

async function escalate(db: Database, level: number, hours: number, findIds: FindIds): Promise<boolean> {
  const overdue = await findOverdueRequests(db, level, hours, BATCH);
  for (const { id } of overdue) await db.transaction(tx => escalateOne(tx, id, level, hours, findIds));
  return overdue.length === BATCH;
}

/** Claims the level of a request and queues its mails, so that of several processes one sends them. */
async function escalateOne(
  tx: Transaction,
  id: string,
  level: number,
  hours: number,
  findIds: FindIds,
): Promise<void> {
  if (!(await claimEscalation(tx, id, level))) return;
  const request = await findById(tx, CancellationRequest, id);
  if (!request) return;
  const recipients = await findRecipients(tx, await findIds(tx, request), 'CANCELLATION_REQUESTED');
  const references = await referencesFor(tx, recipients, request);
  const about = { ...(await requestFacts(tx, request)), hours };
  for (const { id: userId, email } of recipients) {
    const facts = { ...about, ...references(userId) };
    const cause = `escalation ${id} ${level} ${userId}`;
    await enqueueMail(tx, { template: 'request-overdue', facts, to: email, userId, cause });
  }
}
