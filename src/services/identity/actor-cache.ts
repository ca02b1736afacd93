import { monotonicMs } from '../../clock';
import type { Database } from '../../database';
import type { DomainEvent } from '../../entities';
import type { EventLog } from '../../events';
import { type Actor, viewerClass } from '../../policies';
import { retryUntilAvailable } from '../streams/retry-until-available';
import { type Credential, credentialKey, renewActors } from './renew-actors';

/** Maximum age of a cached actor, in milliseconds: the bound on changes that no event reports. */
const MAX_AGE_MS = 5000;
/** Maximum number of actors to read in one statement. */
const BATCH = 500;

/** Actor of open streams, as it was last read. */
export interface CachedActor {
  readonly userId: string;
  /** Null if the user is deleted or deactivated, or if its session or key has ended. */
  readonly actor: Actor | null;
}

class CacheEntry implements CachedActor {
  actor: Actor | null = null;
  /** Time of the last read, by the monotonic clock. Negative infinity after an invalidation. */
  readAt = Number.NEGATIVE_INFINITY;
  /** Incremented by every invalidation, so that a concurrent read is discarded. */
  version = 0;
  readonly listeners = new Set<() => void>();

  constructor(readonly credential: Credential) {}

  get userId(): string {
    return this.credential.userId;
  }
}

/** Actors with open streams, by credential. Read again after an event about the user, or after a few seconds. */
export class ActorCache {
  private readonly entries = new Map<string, CacheEntry>();

  constructor(private readonly db: Database) {}

  /** Follows the event log. Changes of a user are read at once: another process may have ended its sessions. */
  follow(log: EventLog, onError: (error: unknown) => void): void {
    log.onEvent(event => {
      if (!INVALIDATING.has(event.type)) return;
      const outdated = this.invalidate(event);
      if (event.type !== 'account.changed') retryUntilAvailable(() => this.refresh(outdated)).catch(onError);
    });
  }

  /** Caches `actor` until `release`. Calls `onChange` when its rights change. */
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

  /** Whether `held` can be used without another read. */
  isFresh(held: CachedActor): boolean {
    return monotonicMs() - (held as CacheEntry).readAt < MAX_AGE_MS;
  }

  /** Reads stale entries again. Listeners of changed actors are called before this resolves. */
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
      // Invalidated during the read: the result may be outdated.
      if (entry.version === versions[index]) updateEntry(entry, actors[index] ?? null, readAt);
    });
  }

  private invalidate(event: DomainEvent): CacheEntry[] {
    const concerned = [...this.entries.values()].filter(entry => concerns(event, entry));
    for (const entry of concerned) {
      entry.version += 1;
      entry.readAt = Number.NEGATIVE_INFINITY;
    }
    return concerned;
  }
}

/** Types of events that change actors. */
const INVALIDATING: ReadonlySet<string> = new Set(['user.changed', 'account.changed', 'key.revoked']);

function concerns(
  { type, userId, accountId, data }: DomainEvent,
  { credential, actor }: CacheEntry,
): boolean {
  if (type === 'user.changed') return credential.userId === userId;
  if (type === 'key.revoked') return credential.apiKey?.id === data.id;
  return actor?.accountId === accountId;
}

function updateEntry(entry: CacheEntry, actor: Actor | null, readAt: number): void {
  const same = actor && entry.actor && viewerClass(actor) === viewerClass(entry.actor);
  const gone = actor === null && entry.actor === null;
  entry.readAt = readAt;
  if (same || gone) return;
  entry.actor = actor;
  for (const listener of [...entry.listeners]) listener();
}
