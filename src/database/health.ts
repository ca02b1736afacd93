import { ConnectionFailed, classOf, isAnswer, refusesWrites } from './faults';

/** Health of the database, from the last statements of this process. */
export interface DatabaseHealth {
  reachable: boolean;
  writable: boolean;
}

/** Listener for changes of the health. `cause` is the fault behind a change for the worse. */
export type HealthListener = (now: DatabaseHealth, cause?: unknown) => void;

/** Time without a refused write until writes count as recovered. A full disk still accepts some writes. */
const RECOVERY_MS = 1000;

/** Codes for the loss of one connection, which does not mean that the server is unavailable. */
const LOST_CONNECTION = new Set(['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE']);
const KILLED = new Set([1927, 2006, 2013, 3169, 4031]);

/** Tracks the health of the database from the results of statements, and reports changes only. */
export class Health {
  private now: DatabaseHealth = { reachable: true, writable: true };
  private refusedAt = 0;
  private answeredAt = Number.NEGATIVE_INFINITY;
  private readonly listeners: HealthListener[] = [];

  onChange(listener: HealthListener): void {
    this.listeners.push(listener);
  }

  /** Whether writes succeeded last. */
  get isWritable(): boolean {
    return this.now.writable;
  }

  /** Whether the server answered any statement after `since`. */
  hasAnswered(since: number): boolean {
    return this.answeredAt > since;
  }

  /** Records a fault. A statement timeout can be a lock wait: only a failed connection proves the server unreachable. */
  failed(error: unknown): void {
    if (isAnswer(error)) this.answeredAt = performance.now();
    if (refusesWrites(error)) {
      this.refusedAt = performance.now();
      this.change({ reachable: true, writable: false }, error);
    } else if (isUnreachable(error)) this.change({ ...this.now, reachable: false }, error);
  }

  /** Records an answered statement. `wrote` is true if it changed rows. */
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
