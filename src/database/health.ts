import { ConnectionFailed, classOf, isAnswer, refusesWrites } from './faults';

/** What the last statements of this process say about the database. */
export interface DatabaseHealth {
  reachable: boolean;
  writable: boolean;
}

/** A change of the health; `cause` is the fault behind a change for the worse. */
export type HealthListener = (now: DatabaseHealth, cause?: unknown) => void;

/** A full disk still takes some writes: the writes before it count for this long. */
const RECOVERY_MS = 1000;

/** Codes of one lost connection, which says nothing about the server. */
const LOST_CONNECTION = new Set(['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE']);
const KILLED = new Set([1927, 2006, 2013, 3169, 4031]);

/** Keeps whether the database is there, from what statements meet, and reports changes only. */
export class Health {
  private now: DatabaseHealth = { reachable: true, writable: true };
  private refusedAt = 0;
  private answeredAt = Number.NEGATIVE_INFINITY;
  private readonly listeners: HealthListener[] = [];

  onChange(listener: HealthListener): void {
    this.listeners.push(listener);
  }

  /** Whether the last that is known is that writes succeed. */
  get isWritable(): boolean {
    return this.now.writable;
  }

  /** Whether the server answered any statement after the moment `since`. */
  hasAnswered(since: number): boolean {
    return this.answeredAt > since;
  }

  /**
   * Records a fault of a statement or of a connection. A statement that misses its deadline may wait for a lock: whether the
   * server is away shows when the connection that replaces its connection cannot be made.
   */
  failed(error: unknown): void {
    if (isAnswer(error)) this.answeredAt = performance.now();
    if (refusesWrites(error)) {
      this.refusedAt = performance.now();
      this.change({ reachable: true, writable: false }, error);
    } else if (isUnreachable(error)) this.change({ ...this.now, reachable: false }, error);
  }

  /** Records a statement that the server answered; `wrote` where it changed rows. */
  answered(wrote: boolean): void {
    this.answeredAt = performance.now();
    const { reachable, writable } = this.now;
    if (reachable && writable) return;
    const recovered = wrote && performance.now() - this.refusedAt > RECOVERY_MS;
    this.change({ reachable: true, writable: writable || recovered });
  }

  private change(to: DatabaseHealth, cause?: unknown): void {
    const { reachable, writable } = this.now;
    if (reachable === to.reachable && writable === to.writable) return;
    this.now = to;
    for (const listener of this.listeners) listener(to, cause);
  }
}

function isUnreachable(error: unknown): boolean {
  if (error instanceof ConnectionFailed) return true;
  const { code, errno } = error as { code?: string; errno?: number };
  if (LOST_CONNECTION.has(code ?? '') || KILLED.has(errno ?? 0)) return false;
  return classOf(error) === 'wait' && errno !== undefined;
}
