import type { EntityClass, Session } from '../../database';
import { CloudSubscription, type DomainEvent } from '../../entities';
import { type Decidable, findById, readById } from '../../store';
import { type DecidableKind, decidableFacts, decidables } from './decidables';
import type { Notice } from './notice';
import { findDeciders, findRecipients } from './recipients';

type Notify = (session: Session, event: DomainEvent) => Promise<Notice | null>;

/** Mails about what a party decides on, by the type of the event. */
export const decisionNotices: Readonly<Record<string, Notify>> = Object.fromEntries(
  decidables.flatMap(kind => {
    const notifies: Record<string, Notify> = {
      requested: (session, event) => opened(session, event, kind),
      forwarded: (session, event) => opened(session, event, kind),
      accepted: (session, event) => decided(session, event, kind),
      rejected: (session, event) => decided(session, event, kind),
    };
    return Object.entries(notifies).map(([what, notify]) => [`${kind.subject}.${what}`, notify]);
  }),
);

const recordOf = (session: Session, { requestId, changeId }: DomainEvent, { entity }: DecidableKind) =>
  findById(session, entity as EntityClass<Decidable>, changeId ?? requestId ?? '');

async function opened(session: Session, event: DomainEvent, kind: DecidableKind): Promise<Notice | null> {
  const record = await recordOf(session, event, kind);
  if (record?.state !== 'PENDING') return null;
  // The next decider learns of the record by the event that forwards it.
  if (event.type.endsWith('.requested') && record.forwardedAt) return null;
  const deciders = await findDeciders(session, record);
  // A requester who decides knows of the request.
  const others = deciders.filter(id => id !== event.userId);
  const recipients = await findRecipients(session, others, kind.notification);
  return { template: 'request-opened', facts: await decidableFacts(session, kind, record), recipients };
}

async function decided(session: Session, event: DomainEvent, kind: DecidableKind): Promise<Notice | null> {
  const record = await recordOf(session, event, kind);
  // An automatic acceptance is no decision.
  if (!record || record.decidedById === null || record.decidedById === record.requestedById) return null;
  const { friendlyName } = await readById(session, CloudSubscription, record.subscriptionId);
  return {
    template: 'request-decided',
    facts: {
      subject: kind.subject,
      subscription: friendlyName,
      accepted: event.type.endsWith('.accepted'),
      note: record.decisionNote,
    },
    recipients: await findRecipients(session, [record.requestedById], 'REQUEST_DECIDED'),
  };
}
