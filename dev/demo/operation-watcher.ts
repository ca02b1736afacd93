import WebSocket from 'ws';
import {
  followProvisioning,
  type OperationKind,
  type ProvisioningMessage,
  type ProvisioningOperation,
} from '../../client';
import type { DemoUser } from './demo-user';
import { OUTAGE_TIMEOUT_MS } from './retry-during-outage';
import { endProgress, print, showProgress } from './screen';

/** The longest that an operation may take, in milliseconds. */
const TIMEOUT_MS = 240_000;

/** An operation that is over, and the steps that were told to be finished, in the order in which they were told. */
export interface WatchedOperation {
  operation: ProvisioningOperation;
  finishedSteps: string[];
}

const isOver = (state: string) => state === 'SUCCEEDED' || state === 'FAILED';

/** A stream that is open before what it is to show begins, so that no step is missed. */
export class OperationWatcher {
  private readonly stop = new AbortController();
  private away: NodeJS.Timeout | undefined;
  private readonly messages: AsyncIterableIterator<ProvisioningMessage>;
  private snapshot: ProvisioningOperation[] = [];

  private constructor(person: DemoUser, about: { subscriptionId?: string }) {
    this.messages = followProvisioning({
      url: person.socketUrl,
      token: () => person.freshToken(),
      webSocketImpl: WebSocket,
      signal: this.stop.signal,
      ...about,
      onInterrupted: () => this.interrupted(),
      onResumed: () => this.resumed(),
    });
  }

  /** Resolves when the stream has begun. Without a subscription it shows all that `person` may see. */
  static async open(person: DemoUser, about: { subscriptionId?: string } = {}): Promise<OperationWatcher> {
    const live = new OperationWatcher(person, about);
    const { value } = await live.messages.next();
    if (value?.__typename !== 'ProvisioningSnapshot') throw new Error('The stream did not begin');
    live.snapshot = value.operations;
    return live;
  }

  /** Shows the operation of `kind` about an order or a subscription, step by step, until it is over; then closes. */
  async watch(kind: OperationKind, id: string): Promise<WatchedOperation> {
    const longest = setTimeout(() => this.stop.abort(), TIMEOUT_MS);
    const finishedSteps: string[] = [];
    const isMine = (operation: ProvisioningOperation) =>
      operation.kind === kind && (operation.order?.id === id || operation.subscription.id === id);
    try {
      const there = this.snapshot.find(isMine);
      if (there && isOver(there.state)) return { operation: there, finishedSteps };
      for await (const message of this.messages) {
        if (message.__typename !== 'ProvisioningUpdate' || !isMine(message.operation)) continue;
        const { operation, step, stepState, operationState } = message;
        showProgress(operation, step, stepState ?? operationState);
        if (step && (stepState === 'SUCCEEDED' || stepState === 'SKIPPED')) finishedSteps.push(step);
        if (!step && isOver(operationState)) return { operation, finishedSteps };
      }
      throw new Error(`The stream ended before the operation did: ${kind}`);
    } finally {
      endProgress();
      clearTimeout(longest);
      this.close();
    }
  }

  /** For who does not watch after all. */
  close(): void {
    clearTimeout(this.away);
    this.stop.abort();
  }

  private interrupted(): void {
    if (this.away) return;
    endProgress();
    print('  … the stream is interrupted; it resumes with its last cursor.');
    this.away = setTimeout(() => this.stop.abort(), OUTAGE_TIMEOUT_MS);
  }

  private resumed(): void {
    clearTimeout(this.away);
    this.away = undefined;
    print('  … the stream is back.');
  }
}
