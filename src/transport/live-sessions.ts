import type { DomainEvent } from '../entities';
import type { EventLog } from '../events';
import type { Actor } from '../policies';

/** A connection that stays open on behalf of somebody. */
interface Open {
  actor: Actor;
  close(): void;
}

/**
 * Connections that stay open, closed as soon as the log tells that the session they came with has ended: by signing out,
 * another password, other roles or a revoked key, in whatever process that was.
 */
export class LiveSessions {
  private readonly open = new Map<string, Set<Open>>();

  constructor(events: EventLog) {
    events.onEvent(event => {
      if (event.type === 'user.changed') this.end(event);
    });
  }

  /** Watches over a connection until the function that it gives is called. */
  watch(actor: Actor, close: () => void): () => void {
    const one: Open = { actor, close };
    const ofUser = this.open.get(actor.userId) ?? new Set();
    this.open.set(actor.userId, ofUser.add(one));
    return () => {
      ofUser.delete(one);
      if (ofUser.size === 0) this.open.delete(actor.userId);
    };
  }

  private end({ userId, data }: DomainEvent): void {
    const { sessionId, endsSessions } = data;
    for (const { actor, close } of [...(this.open.get(userId ?? '') ?? [])]) {
      if (endsSessions === true || (sessionId !== undefined && actor.sessionId === sessionId)) close();
    }
  }
}
