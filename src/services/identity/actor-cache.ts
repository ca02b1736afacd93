import type { Database } from '../../database';
import type { DomainEvent } from '../../entities';
import type { EventLog } from '../../events';
import { type Actor, viewerClass } from '../../policies';
import { findActors } from './actors';

/** How long a user is known without being read again, in milliseconds: the bound on what no event tells of. */
const KNOWN_FOR_MS = 5000;
/** Users read in one statement. */
const BATCH = 500;

/** A user on whose behalf something is held open, as it was last read. */
export interface Held {
  readonly userId: string;
  /** Null for a user that is gone or shut out. */
  readonly actor: Actor | null;
}

class Entry implements Held {
  actor: Actor | null = null;
  /** 0 where it has to be read again. */
  readAt = 0;
  /** Raised when what was read, or is being read, may no longer be true. */
  version = 0;
  readonly listeners = new Set<() => void>();

  constructor(readonly userId: string) {}
}

/**
 * The users that hold streams open, each read once for all of them and again when an event says that it has changed, or
 * after a few seconds, before anything more is sent to it.
 */
export class Actors {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly db: Database) {}

  /** Hears of changes through the log: before any later event reaches a reader. */
  follow(log: EventLog): void {
    log.onEvent(event => {
      if (event.type === 'user.changed' || event.type === 'account.changed') this.outdate(event);
    });
  }

  /** Holds `userId`, which `actor` is what was just read of, until `release`; `onChange` hears when it is another. */
  hold(actor: Actor, onChange: () => void): Held {
    const { userId } = actor;
    const entry = this.entries.get(userId) ?? new Entry(userId);
    if (entry.listeners.size === 0) entry.actor = actor;
    this.entries.set(userId, entry);
    entry.listeners.add(onChange);
    return entry;
  }

  release(held: Held, onChange: () => void): void {
    const entry = held as Entry;
    entry.listeners.delete(onChange);
    if (entry.listeners.size === 0) this.entries.delete(entry.userId);
  }

  /** Whether `held` may be trusted without being read again. */
  isCurrent(held: Held): boolean {
    return Date.now() - (held as Entry).readAt < KNOWN_FOR_MS;
  }

  /** Reads again what may no longer be true; whoever holds a user that has changed hears of it before this resolves. */
  async refresh(held: Iterable<Held>): Promise<void> {
    const old = new Set([...held].filter(one => !this.isCurrent(one)) as Entry[]);
    while (old.size > 0) {
      const batch = [...old].slice(0, BATCH);
      await this.read(batch);
      for (const entry of batch) if (this.isCurrent(entry)) old.delete(entry);
    }
  }

  private async read(batch: readonly Entry[]): Promise<void> {
    const versions = batch.map(({ version }) => version);
    const readAt = Date.now();
    const actors = await findActors(
      this.db,
      batch.map(({ userId }) => userId),
    );
    batch.forEach((entry, index) => {
      // It changed while it was being read: what was read may be from before.
      if (entry.version === versions[index]) accept(entry, actors.get(entry.userId) ?? null, readAt);
    });
  }

  private outdate({ userId, accountId, type }: DomainEvent): void {
    for (const entry of this.entries.values()) {
      const concerned = type === 'user.changed' ? entry.userId === userId : belongsTo(entry, accountId);
      if (!concerned) continue;
      entry.version += 1;
      entry.readAt = 0;
    }
  }
}

const belongsTo = ({ actor }: Entry, accountId: string | null) => actor?.accountId === accountId;

function accept(entry: Entry, actor: Actor | null, readAt: number): void {
  const same = actor && entry.actor && viewerClass(actor) === viewerClass(entry.actor);
  const gone = actor === null && entry.actor === null;
  entry.readAt = readAt;
  if (same || gone) return;
  entry.actor = actor;
  for (const listener of [...entry.listeners]) listener();
}
