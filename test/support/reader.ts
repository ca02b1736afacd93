import { WebSocket } from 'ws';
import { followProvisioning } from '../../client';
import { seqOf } from './streams';

/** A reader of everything that keeps its cursor, as a dashboard does. */
export interface Reader {
  /** Where it began. */
  start: number;
  /** The numbers of the messages that it got, in the order in which they came. */
  seqs: number[];
  /** How often its line was cut. */
  interruptions: number;
  /** How many milliseconds after its order was executed each new operation was told of. */
  lags: number[];
  /** Resolves when it has read as far as `seq`. */
  reaches(seq: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts reading at the gateway or proxy at `url`; resolves when its snapshot is there. */
export async function startReader(url: string, token: string): Promise<Reader> {
  const messages = followProvisioning({
    url: `${url.replace('http', 'ws')}/graphql`,
    token: () => token,
    webSocketImpl: WebSocket,
    onInterrupted: () => {
      reader.interruptions += 1;
    },
  });
  const waiting: { seq: number; resolve: () => void }[] = [];
  const reader: Reader = {
    start: 0,
    seqs: [],
    interruptions: 0,
    lags: [],
    reaches: seq =>
      new Promise(resolve => {
        waiting.push({ seq, resolve });
        look();
      }),
    async stop() {
      await messages.return?.();
      await reading;
    },
  };
  const look = () => {
    const at = reader.seqs.at(-1) ?? reader.start;
    for (const { seq, resolve } of waiting) if (at >= seq) resolve();
  };
  const first = await messages.next();
  if (first.value.__typename !== 'ProvisioningSnapshot')
    throw new Error('The stream began without a snapshot.');
  reader.start = seqOf(first.value.cursor);
  const reading = (async () => {
    for await (const message of messages) {
      if (message.__typename !== 'ProvisioningUpdate') {
        throw new Error(`A reader that resumes was sent a ${message.__typename}.`);
      }
      reader.seqs.push(seqOf(message.cursor));
      if (message.operationState === 'PENDING') {
        reader.lags.push(Date.now() - Date.parse(message.occurredAt));
      }
      look();
    }
  })();
  return reader;
}
