import type { Logger } from 'pino';
import type { Catalog } from '../catalog';
import type { Database } from '../database';
import { requestError } from '../errors';
import type { EventLog } from '../events';
import type { Metrics } from '../observability';
import type { Actor } from '../policies';
import type { Providers } from '../providers';
import { createLoaders, type Loaders } from '../store';
import type { AddressRules, SecretBox, WebhookCounters } from '../webhooks';
import type { ActorCache } from './identity/actor-cache';
import type { ForeignTokens } from './identity/foreign-tokens';
import type { Tokens } from './identity/tokens';

/** What the services are given once, when the process starts. */
export interface Dependencies {
  db: Database;
  /** Deadline of `/readyz`. */
  readinessTimeoutMs: number;
  catalog: Catalog;
  events: EventLog;
  providers: Providers;
  actors: ActorCache;
  tokens: Tokens;
  /** Of an OpenID Connect issuer, where one is set. */
  foreignTokens: ForeignTokens | null;
  /** What webhooks are made with, and what has been done for them. */
  webhooks: { secrets: SecretBox; addresses: AddressRules; counters: WebhookCounters };
  /** Business time: periods end by it. Leases do not: they go by the database's clock. */
  clock: () => Date;
  metrics: Metrics;
  log: Logger;
}

/** What one request, or one message of a stream, is answered with: never kept beyond it. */
export interface Context extends Dependencies {
  requestId: string;
  /** Null without a token. */
  actor: Actor | null;
  load: Loaders;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** The cursor that a stream is resumed from, where the transport knows it (`Last-Event-ID`). */
  resumeAfter?: string;
  /** Network of the caller, as the transport knows it: an IPv4 address, or the /64 of an IPv6 address. */
  address: string;
}

/** A context whose caller is known. */
export type ActorContext = Context & { actor: Actor };

/** What `base` has, but for what is in `own`. By its prototype: copying two dozen properties is dear for every request. */
export function derive<B extends object, O extends Partial<B> | object>(base: B, own: O): B & O {
  return Object.assign(Object.create(base), own);
}

/** A fresh context: own loaders, own count of statements. */
export function createContext(
  deps: Dependencies,
  actor: Actor | null,
  requestId: string,
  signal: AbortSignal,
  address = '',
): Context {
  const db = deps.db.metered(signal);
  const log = deps.log.child({ requestId });
  return derive(deps, { db, log, requestId, actor, signal, address, load: createLoaders(db, actor) });
}

/** The context of a caller that has signed in; throws UNAUTHENTICATED otherwise. */
export function requireActor(context: Context): ActorContext {
  if (!context.actor) throw requestError('UNAUTHENTICATED');
  return context as ActorContext;
}

/**
 * The same for a change. A document may make several, one after the other: each is answered by what is read after it,
 * never by what an earlier one has read.
 */
export function mutationContext(context: Context): ActorContext {
  context.load = createLoaders(context.db, context.actor);
  return requireActor(context);
}
