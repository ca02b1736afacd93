import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { currentTimeMs } from '../../clock';
import type { Caller } from '../../graphql';
import type { ActorCache, CachedActor } from '../../services/identity/actor-cache';
import type { Authenticated } from '../authenticate';

/** Reason why the gateway closes a connection. */
export type CloseReason =
  | 'token expired'
  | 'no rights'
  | 'not initialized'
  | 'too many'
  | 'too many from this address'
  | 'idle'
  | 'unavailable'
  | 'stopping';

/** Subscription of a connection. */
export interface OpenStream {
  /** Whether the reader is at the head of the log. */
  readonly isLive: boolean;
  /** Sequence number of the last event that was received. Can be low while the feed accepts no events. */
  readonly position: number;
  /** Ends the stream. */
  return(): Promise<unknown>;
  /** Continues from the same position with the current rights of the user. */
  changeRights(): void;
}

/** Connection of one client, over any protocol: its user, its expiry and its streams. */
export abstract class Connection {
  /** Open streams. */
  readonly readers = new Set<OpenStream>();
  private user: CachedActor | undefined;
  private expiresAt = Number.POSITIVE_INFINITY;
  private closed = false;
  private abortController: AbortController | undefined;
  private givenId: string | undefined;

  /** @param address Network of the client. */
  constructor(
    private readonly actors: ActorCache,
    readonly address: string,
  ) {}

  /** Closes the connection with the reason in the form of its protocol. */
  protected abstract end(reason: CloseReason): void;
  /** Checks the timeouts. Called every second. `now` is in milliseconds of `performance.now()`. */
  protected abstract check(now: number): void;

  /** Assigns the connection to a user until `close`. */
  identify({ actor, expiresAt }: Authenticated): void {
    this.expiresAt = expiresAt.getTime();
    this.user = this.actors.hold(actor, this.changeRights);
  }

  /** Handles the end of the connection: ends its streams and releases its user. */
  close(): void {
    this.closed = true;
    this.abortController?.abort();
    for (const reader of [...this.readers]) void reader.return();
    if (this.user) this.actors.release(this.user, this.changeRights);
  }

  /** Aborted when the connection is closed. Created on first use, because most connections never use it. */
  get closeSignal(): AbortSignal {
    if (!this.abortController) {
      this.abortController = new AbortController();
      // One listener per concurrent operation, whose number is limited elsewhere.
      setMaxListeners(0, this.abortController.signal);
    }
    return this.abortController.signal;
  }

  /** Id for the log. Created on first use, because most connections never fail. */
  get id(): string {
    this.givenId ??= randomUUID();
    return this.givenId;
  }

  /** User of the connection. Undefined without a token. */
  get signedInUser(): CachedActor | undefined {
    return this.user;
  }

  /** Caller of the connection, with the rights as last read. */
  get caller(): Caller {
    return { actor: this.user?.actor ?? null, address: this.address };
  }

  /** User of the connection. Throws without a token. */
  get held(): CachedActor {
    if (!this.user) throw new Error('The connection has no user.');
    return this.user;
  }

  /** Whether messages can be sent. Closes the connection if its token has expired. */
  isValid(): boolean {
    if (this.closed) return false;
    if (currentTimeMs() < this.expiresAt) return true;
    this.terminate('token expired');
    return false;
  }

  /** Closes the connection for a reason. */
  terminate(reason: CloseReason): void {
    if (this.closed) return;
    this.closed = true;
    this.end(reason);
  }

  /** Checks expiry and timeouts. */
  tick(now: number): void {
    if (this.isValid()) this.check(now);
  }

  private readonly changeRights = (): void => {
    if (!this.user?.actor) this.terminate('no rights');
    else for (const reader of [...this.readers]) reader.changeRights();
  };
}
