import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { currentTimeMs } from '../../clock';
import type { Caller } from '../../graphql';
import type { ActorCache, CachedActor } from '../../services/identity/actor-cache';
import type { Authenticated } from '../authenticate';

/** Why the gateway ends a connection by itself. */
export type Cut =
  | 'token expired'
  | 'no rights'
  | 'too many'
  | 'too many from this address'
  | 'idle'
  | 'unavailable'
  | 'stopping';

/** One subscription of a connection. */
export interface Carried {
  /** Whether it is at the head of the log; it may be far behind by number while nothing there is for it. */
  readonly isLive: boolean;
  /** It has everything up to this number. */
  readonly position: number;
  /** Ends it. */
  return(): Promise<unknown>;
  /** Goes on from where it is, with the rights that the user has now. */
  changeRights(): void;
}

/** A line to one client, whichever protocol it speaks: whose it is, until when, and what it carries. */
export abstract class Connection {
  readonly id = randomUUID();
  readonly readers = new Set<Carried>();
  private user: CachedActor | undefined;
  private expiresAt = Number.POSITIVE_INFINITY;
  private closed = false;
  private leaving: AbortController | undefined;

  /** @param address where the client is. */
  constructor(
    private readonly actors: ActorCache,
    readonly address: string,
  ) {}

  /** Ends it, telling the client why as its protocol has it. */
  protected abstract end(reason: Cut): void;
  /** Called every second. `now` is by `performance.now()`. */
  protected abstract check(now: number): void;

  /** Ties the connection to a user until `close`. */
  identify({ actor, expiresAt }: Authenticated): void {
    this.expiresAt = expiresAt.getTime();
    this.user = this.actors.hold(actor, this.changeRights);
  }

  /** The line is gone: nothing is sent any more, and what it carried ends. */
  close(): void {
    this.closed = true;
    this.leaving?.abort();
    for (const reader of [...this.readers]) void reader.return();
    if (this.user) this.actors.release(this.user, this.changeRights);
  }

  /** Aborted when the line is gone. Most connections never ask for it. */
  get gone(): AbortSignal {
    if (!this.leaving) {
      this.leaving = new AbortController();
      // One for each operation at once, whose number is bounded elsewhere.
      setMaxListeners(0, this.leaving.signal);
    }
    return this.leaving.signal;
  }

  /** Its user, or undefined for one without a token. */
  get holder(): CachedActor | undefined {
    return this.user;
  }

  /** Who asks here, as it was last read. */
  get caller(): Caller {
    return { actor: this.user?.actor ?? null, address: this.address };
  }

  /** The user of a connection that has one. */
  get held(): CachedActor {
    if (!this.user) throw new Error('Nobody has signed in here.');
    return this.user;
  }

  /** Whether something may be sent now; an expired token ends the connection. */
  isValid(): boolean {
    if (this.closed) return false;
    if (currentTimeMs() < this.expiresAt) return true;
    this.cut('token expired');
    return false;
  }

  cut(reason: Cut): void {
    if (this.closed) return;
    this.closed = true;
    this.end(reason);
  }

  tick(now: number): void {
    if (this.isValid()) this.check(now);
  }

  private readonly changeRights = (): void => {
    if (!this.user?.actor) this.cut('no rights');
    else for (const reader of [...this.readers]) reader.changeRights();
  };
}
