import { WebSocket } from 'ws';
import {
  type FollowOptions,
  followOrders,
  followSubscriptions,
  GraphQLRequestError,
  type OrderMessage,
  type SubscriptionMessage,
} from '../../client';
import { type Copy, keep } from './books';
import { credential } from './credential';
import { openJournal } from './journal';
import { reconcile } from './reconcile';
import { STREAM } from './settings';

type Message = OrderMessage | SubscriptionMessage;

/** A processed message. */
interface Processed {
  /** Position after the message. The next run resumes after that of the last line. */
  cursor: string;
  type: string;
  copies: Copy[];
}

/** Follows every order and every subscription until it is stopped. Resumes where the last run ended. */
export async function followCommand(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
  await Promise.all([
    processStream('orders', followOrders, stop.signal),
    processStream('subscriptions', followSubscriptions, stop.signal),
  ]);
}

async function processStream(
  name: string,
  follow: (options: FollowOptions) => AsyncIterable<Message>,
  signal: AbortSignal,
): Promise<void> {
  const journal = openJournal<Processed>(`${name}.jsonl`);
  const processFrom = async (after: string | undefined) => {
    const messages = follow({
      url: STREAM,
      token: credential.token,
      signal,
      webSocketImpl: WebSocket,
      ...(after !== undefined && { after }),
      onInterrupted: reason => console.log(`${name}: interrupted (${reason})`),
      onResumed: () => console.log(`${name}: resumed`),
    });
    for await (const message of messages) {
      const processed = await processMessage(message);
      // Last: after a crash before this line, the message comes again, and its copies change nothing.
      journal.append(processed);
      console.log(`${name}: ${describe(processed)}`);
    }
  };
  try {
    await processFrom(journal.entries.at(-1)?.cursor);
  } catch (error) {
    // The gateway was restored from a backup that is older than our cursor: start over.
    if (!(error instanceof GraphQLRequestError && error.codes.includes('BAD_CURSOR'))) throw error;
    console.log(`${name}: the cursor is unknown`);
    await reconcile();
    await processFrom(undefined);
  }
}

async function processMessage(message: Message): Promise<Processed> {
  const { cursor } = message;
  const copies = copiesOf(message);
  for (const copy of copies) keep(copy);
  // A snapshot has no finished objects, so those that finished among the lost messages are only in the lists.
  if (message.__typename === 'StreamReset') await reconcile();
  return { cursor, type: 'type' in message ? message.type : message.__typename, copies };
}

function copiesOf(message: Message): Copy[] {
  switch (message.__typename) {
    case 'OrderSnapshot':
      return message.orders.map(toCopy);
    case 'CloudSubscriptionSnapshot':
      return message.subscriptions.map(toCopy);
    case 'OrderUpdate':
      return [toCopy(message.order)];
    case 'CloudSubscriptionUpdate':
      return [toCopy(message.subscription)];
    case 'StreamReset':
      return [];
  }
}

type Followed = Omit<Copy, 'reference'> & { externalReference: string | null };

const toCopy = ({ id, version, state, externalReference: reference }: Followed): Copy => ({
  id,
  version,
  state,
  reference,
});

const describe = ({ type, copies }: Processed): string =>
  [type, ...copies.map(({ id, reference, state }) => `${reference ?? id} ${state}`)].join(', ');
