import type { Logger } from 'pino';
import type { Catalog } from '../catalog';
import type { Database } from '../database';
import { requestError } from '../errors';
import type { EventLog } from '../events';
import type { Links, LinkTokens, MailCounters } from '../mail';
import type { Metrics } from '../observability';
import type { Actor } from '../policies';
import type { Providers } from '../providers';
import { createLoaders, type Loaders } from '../store';
import type { AddressRules, SecretBox, WebhookCounters } from '../webhooks';
import type { ActorCache } from './identity/actor-cache';
import type { ForeignTokens } from './identity/foreign-tokens';
import type { Tokens } from './identity/tokens';

/** Dependencies of the services, created once at startup. */
export interface Dependencies {
  db: Database;
  /** Deadline of `/readyz`. */
  readinessTimeoutMs: number;
  catalog: Catalog;
  events: EventLog;
  providers: Providers;
  actors: ActorCache;
  tokens: Tokens;
  /** Tokens of the OpenID Connect issuer. Null if none is configured. */
  foreignTokens: ForeignTokens | null;
  /** Secrets, address rules and statistics of webhooks. */
  webhooks: { secrets: SecretBox; addresses: AddressRules; counters: WebhookCounters };
  /** Links and statistics of mails. Null without a mail server. */
  mail: { tokens: LinkTokens; links: Links; counters: MailCounters } | null;
  /** Business time, for billing periods. Leases use the database's clock. */
  clock: () => Date;
  metrics: Metrics;
  log: Logger;
}

/** Context of one request, or of one message of a stream. Not kept beyond it. */
export interface Context extends Dependencies {
  requestId: string;
  /** Null without a token. */
  actor: Actor | null;
  load: Loaders;
  /** Aborted when the client disconnects or the deadline is exceeded. */
  signal: AbortSignal;
  /** Cursor to resume a stream from, if the transport knows it (`Last-Event-ID`). */
  resumeAfter?: string;
  /** Network of the caller, as the transport knows it: an IPv4 address, or the /64 of an IPv6 address. */
  address: string;
}

/** Context of an authenticated caller. */
export type ActorContext = Context & { actor: Actor };

/** Derives an object by its prototype: copying two dozen properties per request is expensive. */
export function derive<B extends object, O extends Partial<B> | object>(base: B, own: O): B & O {
  return Object.assign(Object.create(base), own);
}

/** Creates a context with its own loaders and statement count. */
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

/** Returns the context of an authenticated caller. Throws UNAUTHENTICATED otherwise. */
export function requireActor(context: Context): ActorContext {
  if (!context.actor) throw requestError('UNAUTHENTICATED');
  return context as ActorContext;
}

/** Context of one mutation of a document. Fresh loaders, so that it reads the state after its own change. */
export function mutationContext(context: Context): ActorContext {
  context.load = createLoaders(context.db, context.actor);
  return requireActor(context);
}
