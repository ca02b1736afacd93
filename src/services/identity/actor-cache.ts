import { monotonicMs } from '../../clock';
import type { Database } from '../../database';
import type { DomainEvent } from '../../entities';
import type { EventLog } from '../../events';
import { type Actor, viewerClass } from '../../policies';
import { retryUntilAvailable } from '../streams/retry-until-available';
import { type Credential, credentialKey, renewActors } from './renew-actors';

/** How long a user is known without being read again, in milliseconds: the bound on what no event tells of. */
const MAX_AGE_MS = 5000;
/** Callers read in one statement. */
const BATCH = 500;

/** A caller on whose behalf something is held open, as it was last read. */
export interface CachedActor {
  readonly userId: string;
  /** Null for one that is gone or shut out, or whose session or key has ended. */
  readonly actor: Actor | null;
}

class CacheEntry implements CachedActor {
  actor: Actor | null = null;
  /** By the monotonic clock; in the infinite past when it has to be read again. */
  readAt = Number.NEGATIVE_INFINITY;
  /** Raised when what was read, or is being read, may no longer be true. */
  version = 0;
  readonly listeners = new Set<() => void>();

  constructor(readonly credential: Credential) {}

  get userId(): string {
    return this.credential.userId;
  }
}

/**
 * The callers that hold streams open, by what they came in with: each is read once for all its streams, and again when
 * an event says that its user has changed, or after a few seconds, before anything more is sent to it.
 */
export class ActorCache {
  private readonly entries = new Map<string, CacheEntry>();

  constructor(private readonly db: Database) {}

  /**
   * Hears of changes through the log: before any later event reaches a reader. What has changed of a user is read at
   * once, for its sessions may have ended, in whatever process that was.
   */
  follow(log: EventLog, onError: (error: unknown) => void): void {
    log.onEvent(event => {
      if (event.type !== 'user.changed' && event.type !== 'account.changed') return;
      const outdated = this.invalidate(event);
      if (event.type === 'user.changed') retryUntilAvailable(() => this.refresh(outdated)).catch(onError);
    });
  }

  /** Holds `actor`, as it was just read, until `release`; `onChange` hears when it is another. */
  hold(actor: Actor, onChange: () => void): CachedActor {
    const key = credentialKey(actor);
    const entry = this.entries.get(key) ?? new CacheEntry(actor);
    if (entry.listeners.size === 0) entry.actor = actor;
    this.entries.set(key, entry);
    entry.listeners.add(onChange);
    return entry;
  }

  release(held: CachedActor, onChange: () => void): void {
    const entry = held as CacheEntry;
    entry.listeners.delete(onChange);
    if (entry.listeners.size === 0) this.entries.delete(credentialKey(entry.credential));
  }

  /** Whether `held` may be trusted without being read again. */
  isFresh(held: CachedActor): boolean {
    return monotonicMs() - (held as CacheEntry).readAt < MAX_AGE_MS;
  }

  /** Reads again what may no longer be true; whoever holds a caller that has changed hears of it before this resolves. */
  async refresh(held: Iterable<CachedActor>): Promise<void> {
    const old = new Set([...held].filter(one => !this.isFresh(one)) as CacheEntry[]);
    while (old.size > 0) {
      const batch = [...old].slice(0, BATCH);
      await this.read(batch);
      for (const entry of batch) if (this.isFresh(entry)) old.delete(entry);
    }
  }

  private async read(batch: readonly CacheEntry[]): Promise<void> {
    const versions = batch.map(({ version }) => version);
    const readAt = monotonicMs();
    const actors = await renewActors(
      this.db,
      batch.map(({ credential }) => credential),
    );
    batch.forEach((entry, index) => {
      // It changed while it was being read: what was read may be from before.
      if (entry.version === versions[index]) updateEntry(entry, actors[index] ?? null, readAt);
    });
  }

  private invalidate({ userId, accountId, type }: DomainEvent): CacheEntry[] {
    const concerned = [...this.entries.values()].filter(entry =>
      type === 'user.changed' ? entry.userId === userId : belongsTo(entry, accountId),
    );
    for (const entry of concerned) {
      entry.version += 1;
      entry.readAt = Number.NEGATIVE_INFINITY;
    }
    return concerned;
  }
}

const belongsTo = ({ actor }: CacheEntry, accountId: string | null) => actor?.accountId === accountId;

function updateEntry(entry: CacheEntry, actor: Actor | null, readAt: number): void {
  const same = actor && entry.actor && viewerClass(actor) === viewerClass(entry.actor);
  const gone = actor === null && entry.actor === null;
  entry.readAt = readAt;
  if (same || gone) return;
  entry.actor = actor;
  for (const listener of [...entry.listeners]) listener();
}
