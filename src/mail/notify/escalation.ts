import type { Database, Transaction } from '../../database';
import { CancellationRequest, Decider } from '../../entities';
import {
  claimEscalation,
  findActiveAdministrators,
  findActivePersons,
  findById,
  findOverdueRequests,
} from '../../store';
import { enqueueMail } from '../enqueue';
import { requestFacts } from './notifications';
import { deputyOf, findDeciders, findDistributors, findManagers, findRecipients } from './recipients';
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

/** Reminder of a request that a decider has had for some hours. */
interface Reminder {
  awaiting: Decider;
  level: number;
  hours: number;
  findIds: FindIds;
}

const toDeputy: FindIds = async (tx, request) => {
  const managers = await findManagers(tx, request);
  const deputies = await findActivePersons(
    tx,
    managers.flatMap(manager => deputyOf(manager) ?? []),
  );
  return (deputies.length > 0 ? deputies : managers).map(({ id }) => id);
};

const toAdministrators: FindIds = async tx => (await findActiveAdministrators(tx)).map(({ id }) => id);

/** Reminders by the party that a request awaits. A request that is forwarded begins with the first one again. */
const remindersAfter = ({ deputy, administrators }: EscalationHours): Reminder[] => [
  { awaiting: Decider.DISTRIBUTOR, level: 1, hours: deputy, findIds: toDeputy },
  { awaiting: Decider.DISTRIBUTOR, level: 2, hours: administrators, findIds: toAdministrators },
  { awaiting: Decider.RESELLER, level: 1, hours: deputy, findIds: findDeciders },
  { awaiting: Decider.RESELLER, level: 2, hours: administrators, findIds: findDistributors },
  { awaiting: Decider.RESELLER, level: 3, hours: deputy + administrators, findIds: toAdministrators },
];

/** Reminds of requests without a decision: their decider first, the administrators last. Resolves to whether to repeat. */
export async function escalateRequests(db: Database, hours: EscalationHours): Promise<boolean> {
  let repeat = false;
  for (const reminder of remindersAfter(hours)) {
    const overdue = await findOverdueRequests(db, reminder, reminder.hours, BATCH);
    for (const { id } of overdue) await db.transaction(tx => remind(tx, id, reminder));
    repeat ||= overdue.length === BATCH;
  }
  return repeat;
}

/** Claims the level of a request and queues its mails, so that of several processes one sends them. */
async function remind(tx: Transaction, id: string, reminder: Reminder): Promise<void> {
  if (!(await claimEscalation(tx, id, reminder))) return;
  const request = await findById(tx, CancellationRequest, id);
  if (!request) return;
  const { awaiting, level, hours, findIds } = reminder;
  const recipients = await findRecipients(tx, await findIds(tx, request), 'CANCELLATION_REQUESTED');
  const references = await referencesFor(tx, recipients, request);
  const about = { ...(await requestFacts(tx, request)), hours };
  for (const { id: userId, email } of recipients) {
    const facts = { ...about, ...references(userId) };
    const cause = `escalation ${id} ${awaiting} ${level} ${userId}`;
    await enqueueMail(tx, { template: 'request-overdue', facts, to: email, userId, cause });
  }
}
