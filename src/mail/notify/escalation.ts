import type { Database, EntityClass, Transaction } from '../../database';
import { Decider } from '../../entities';
import {
  claimEscalation,
  type Decidable,
  findActiveAdministrators,
  findActivePersons,
  findById,
  findOverdue,
} from '../../store';
import { enqueueMail } from '../enqueue';
import { type DecidableKind, decidableFacts, decidables } from './decidables';
import { deputyOf, findDeciders, findDistributors, findManagers, findRecipients } from './recipients';
import { referencesFor } from './references';

/** Hours without a decision after which a reminder is sent on. */
export interface EscalationHours {
  /** To the deputy of the account manager; without one, to the account manager again. */
  deputy: number;
  /** To all administrators. */
  administrators: number;
}

/** Maximum number of records per run, kind and level. */
const BATCH = 100;

type FindIds = (tx: Transaction, record: Decidable) => Promise<string[]>;

/** Reminder of a record that a decider has had for some hours. */
interface Reminder {
  awaiting: Decider;
  level: number;
  hours: number;
  findIds: FindIds;
}

const toDeputy: FindIds = async (tx, record) => {
  const managers = await findManagers(tx, record);
  const deputies = await findActivePersons(
    tx,
    managers.flatMap(manager => deputyOf(manager) ?? []),
  );
  return (deputies.length > 0 ? deputies : managers).map(({ id }) => id);
};

const toAdministrators: FindIds = async tx => (await findActiveAdministrators(tx)).map(({ id }) => id);

/** Reminders by the party that a record awaits. One that is forwarded begins with the first one again. */
const remindersAfter = ({ deputy, administrators }: EscalationHours): Reminder[] => [
  { awaiting: Decider.DISTRIBUTOR, level: 1, hours: deputy, findIds: toDeputy },
  { awaiting: Decider.DISTRIBUTOR, level: 2, hours: administrators, findIds: toAdministrators },
  { awaiting: Decider.RESELLER, level: 1, hours: deputy, findIds: findDeciders },
  { awaiting: Decider.RESELLER, level: 2, hours: administrators, findIds: findDistributors },
  { awaiting: Decider.RESELLER, level: 3, hours: deputy + administrators, findIds: toAdministrators },
];

/** Reminds of requests and changes without a decision: their decider first, the administrators last. Resolves to whether to repeat. */
export async function escalateRequests(db: Database, hours: EscalationHours): Promise<boolean> {
  let repeat = false;
  for (const kind of decidables) {
    for (const reminder of remindersAfter(hours)) {
      const overdue = await findOverdue(db, kind.entity, reminder, reminder.hours, BATCH);
      for (const { id } of overdue) await db.transaction(tx => remind(tx, kind, id, reminder));
      repeat ||= overdue.length === BATCH;
    }
  }
  return repeat;
}

/** Claims the level of a record and queues its mails, so that of several processes one sends them. */
async function remind(tx: Transaction, kind: DecidableKind, id: string, reminder: Reminder): Promise<void> {
  if (!(await claimEscalation(tx, kind.entity, id, reminder))) return;
  const record = await findById(tx, kind.entity as EntityClass<Decidable>, id);
  if (!record) return;
  const { awaiting, level, hours, findIds } = reminder;
  const recipients = await findRecipients(tx, await findIds(tx, record), kind.notification);
  const references = await referencesFor(tx, recipients, record);
  const about = { ...(await decidableFacts(tx, kind, record)), hours };
  for (const { id: userId, email } of recipients) {
    const facts = { ...about, ...references(userId) };
    const cause = `escalation ${id} ${awaiting} ${level} ${userId}`;
    await enqueueMail(tx, { template: 'request-overdue', facts, to: email, userId, cause });
  }
}
