import { send } from './gateway';
import { RedeliverDocument } from './generated';
import { receivedCursors } from './inbox';
import { openJournal } from './journal';
import { reconcile } from './reconcile';
import { accepted } from './refused';
import { readWebhook } from './webhook';

/** Reports each difference. Has the messages sent again that could have been lost since the last run. */
export async function reconcileCommand(): Promise<void> {
  const runs = openJournal<{ cursor: string }>('reconciled.jsonl');
  const [first, ...later] = receivedCursors();
  const { repaired, open } = await reconcile();
  for (const difference of [...repaired, ...open]) console.log(difference);
  console.log(`${repaired.length} repaired, ${open.length} open`);
  if (open.length > 0) process.exitCode = 1;
  if (first === undefined) return;
  // Not since the last message: those of different subscriptions overtake each other.
  if (repaired.length > 0) await redeliver(runs.entries.at(-1)?.cursor ?? first);
  runs.append({ cursor: later.at(-1) ?? first });
}

/** The gateway repeats a delivery for five days by itself. This is for deliveries that it has given up. */
async function redeliver(after: string): Promise<void> {
  const webhook = readWebhook();
  if (!webhook) return;
  const { redeliverSince } = await send(RedeliverDocument, { webhookId: webhook.id, after });
  accepted(redeliverSince, 'errors');
  console.log('messages are sent again');
}
