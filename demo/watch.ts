import WebSocket from 'ws';
import {
  followProvisioning,
  type OperationKind,
  type ProvisioningMessage,
  type ProvisioningOperation,
} from '../client';
import { PATIENCE_MS } from './outage';
import type { Person } from './person';
import { endProgress, say, showProgress } from './screen';

/** The longest that an operation may take, in milliseconds. */
const LONGEST_MS = 240_000;

const isOver = (state: string) => state === 'SUCCEEDED' || state === 'FAILED';

/** Shows the newest operation of `kind`, step by step as it happens, and gives it when it is over. */
export async function watch(
  person: Person,
  about: { orderId: string } | { subscriptionId: string },
  kind: OperationKind,
): Promise<ProvisioningOperation> {
  const stop = new AbortController();
  let away: NodeJS.Timeout | undefined;
  const longest = setTimeout(() => stop.abort(), LONGEST_MS);
  const messages = followProvisioning({
    url: person.socketUrl,
    token: () => person.freshToken(),
    webSocketImpl: WebSocket,
    signal: stop.signal,
    ...about,
    onInterrupted() {
      if (away) return;
      endProgress();
      say('  … the stream is interrupted; it goes on with its last cursor.');
      away = setTimeout(() => stop.abort(), PATIENCE_MS);
    },
    onResumed() {
      clearTimeout(away);
      away = undefined;
      say('  … the stream is back.');
    },
  });
  try {
    for await (const message of messages) {
      const finished = show(message, kind);
      if (finished) return finished;
    }
    throw new Error(`The stream ended before the operation did: ${kind}`);
  } finally {
    endProgress();
    clearTimeout(away);
    clearTimeout(longest);
  }
}

/** Shows a message; gives the operation where it tells of its end. */
function show(message: ProvisioningMessage, kind: OperationKind): ProvisioningOperation | undefined {
  if (message.__typename === 'StreamReset') return undefined;
  if (message.__typename === 'ProvisioningSnapshot') {
    // The newest comes first.
    const operation = message.operations.find(candidate => candidate.kind === kind);
    if (operation) showProgress(operation, null, operation.state);
    return operation && isOver(operation.state) ? operation : undefined;
  }
  const { operation, step, stepState, operationState } = message;
  if (operation.kind !== kind) return undefined;
  showProgress(operation, step, stepState ?? operationState);
  return step === null && isOver(operationState) ? operation : undefined;
}
