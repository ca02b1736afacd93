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

/** Timeout of an operation, in milliseconds. */
const TIMEOUT_MS = 240_000;

/** Finished operation, and its finished steps in the order in which the stream reported them. */
export interface WatchedOperation {
  operation: ProvisioningOperation;
  finishedSteps: string[];
}

const isOver = (state: string) => ['SUCCEEDED', 'FAILED', 'ABANDONED'].includes(state);

/** Stream of operations. Open it before the mutation, so that it reports every step. */
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

  /** Resolves when the snapshot has arrived. Without a subscription, the stream has all operations visible to `person`. */
  static async open(person: DemoUser, about: { subscriptionId?: string } = {}): Promise<OperationWatcher> {
    const live = new OperationWatcher(person, about);
    const { value } = await live.messages.next();
    if (value?.__typename !== 'ProvisioningSnapshot')
      throw new Error('The stream did not start with a snapshot');
    live.snapshot = value.operations;
    return live;
  }

  /** Shows the steps of an operation of an order or a subscription until it has finished, then closes the stream. */
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
      throw new Error(`The stream ended before the operation ${kind} had finished`);
    } finally {
      endProgress();
      clearTimeout(longest);
      this.close();
    }
  }

  /** Closes the stream. */
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
    print('  … the stream has resumed.');
  }
}
