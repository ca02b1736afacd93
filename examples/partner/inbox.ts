import { copyOf, keep } from './books';
import { send } from './gateway';
import { ReadOneDocument } from './generated';
import { openJournal, readJournal } from './journal';
import { reconcile } from './reconcile';

/** A message of a webhook, verified. */
export interface WebhookMessage {
  type: string;
  data: { cursor: string; orderId?: string; subscriptionId?: string };
}

/** A line of the inbox: a message was received, or it was processed. */
type Line = { received: string; message: WebhookMessage } | { processed: string };

/** The messages that have arrived. They outlive a crash between their answer and their processing. */
export function openInbox() {
  const journal = openJournal<Line>('inbox.jsonl');
  const known = new Set(journal.entries.flatMap(line => ('received' in line ? [line.received] : [])));
  const processed = new Set(journal.entries.flatMap(line => ('processed' in line ? [line.processed] : [])));
  let working = Promise.resolve();

  const enqueue = (id: string, message: WebhookMessage) => {
    working = working
      .then(() => processMessage(message))
      .then(() => journal.append({ processed: id }))
      // The line is missing, so the next start processes it.
      .catch(error => console.error(`${id} was not processed: ${error}`));
  };
  for (const line of journal.entries) {
    if ('received' in line && !processed.has(line.received)) enqueue(line.received, line.message);
  }

  return {
    /** Stores a message, unless it has arrived before, and processes it later. Returns whether it is new. */
    receive(id: string, message: WebhookMessage): boolean {
      if (known.has(id)) return false;
      journal.append({ received: id, message });
      known.add(id);
      enqueue(id, message);
      return true;
    },
    /** Resolves when every message has been processed. */
    processed: () => working,
  };
}

/** Messages have ids and no versions, and can overtake each other: read what the object is now. */
async function processMessage({ type, data }: WebhookMessage): Promise<void> {
  if (type === 'webhook.reset') await reconcile();
  const id = type.startsWith('subscription.') ? data.subscriptionId : data.orderId;
  if (!id) return;
  const { node } = await send(ReadOneDocument, { id });
  if (node?.__typename !== 'Order' && node?.__typename !== 'CloudSubscription') return;
  const copy = copyOf(node);
  keep(copy);
  console.log(`received: ${type}, ${copy.reference ?? copy.id} ${copy.state}`);
}

/** Cursors of the messages that have arrived, in the order of their arrival. */
export const receivedCursors = (): string[] =>
  readJournal<Line>('inbox.jsonl').flatMap(line => ('received' in line ? [line.message.data.cursor] : []));
