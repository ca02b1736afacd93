import { randomBytes } from 'node:crypto';
import {
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import type { GracefulShutdown } from './graceful-shutdown';
import type { Slot } from './limits';

/** Security headers of every response, names and values in turn. A page sets its own Content-Security-Policy. */
const SECURITY_HEADERS = [
  'x-content-type-options',
  'nosniff',
  'x-frame-options',
  'DENY',
  'referrer-policy',
  'no-referrer',
  'cross-origin-opener-policy',
  'same-origin',
];

const YEAR_SECONDS = 365 * 24 * 3600;
/** Browsers respect HSTS over TLS only, which a proxy terminates. */
const PRODUCTION_HEADERS = [...SECURITY_HEADERS, 'strict-transport-security', `max-age=${YEAR_SECONDS}`];

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** Prefix of the request ids of this process. */
const PROCESS = randomBytes(9).toString('base64url');
let requests = 0;

/** Head of responses that are sent many times: names and values in turn, with room for the request id. */
export type PreparedHead = string[];

/** Index of the request id in a prepared head. */
const ID = 1;

/** State that all responses of a server share. */
interface ServerState {
  /** Headers of every response, names and values in turn. */
  always: readonly string[];
  shutdown: Pick<GracefulShutdown, 'isDraining'>;
  /** Number of responses by status. */
  count: Float64Array;
}

/**
 * Response over HTTP, on every path. Each response is counted, has the common headers, and closes its connection while the
 * server drains, also when the request came before. Headers are added as one list when the head is written: header by header
 * takes twice as long.
 */
export class GatewayResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  /** Id of the request in the log, in masked errors and in `x-request-id`. A counter, because a random id takes longer than all headers. */
  readonly requestId = `${PROCESS}-${(requests++).toString(36)}`;
  /** Slot of the request. The server releases it when the response is closed. */
  slot: Slot | undefined;
  declare protected readonly server: ServerState;

  override writeHead(status: number, ...rest: (string | Headers | undefined)[]): this {
    const given = rest.find(part => typeof part === 'object') ?? [];
    const headers = Array.isArray(given) ? given : Object.entries(given).flat();
    return this.writeList(status, this.prepareHead(headers as string[]));
  }

  /** Prepares a head with the common headers. */
  prepareHead(headers: readonly string[]): PreparedHead {
    return ['x-request-id', '', ...this.server.always, ...headers];
  }

  /** Sends a prepared head and a body. */
  sendPrepared(status: number, head: PreparedHead, body?: Buffer): void {
    this.writeList(status, head);
    this.end(body);
  }

  private writeList(status: number, head: PreparedHead): this {
    const { shutdown, count } = this.server;
    if (shutdown.isDraining) this.shouldKeepAlive = false;
    count[status] = 1 + (count[status] ?? 0);
    head[ID] = this.requestId;
    const vary = this.getHeader('vary');
    return super.writeHead(status, vary === undefined ? head : withVary(head, String(vary)));
  }
}

/** Adds a name to `Vary` of a head, which replaces the one that was set. */
function withVary(head: PreparedHead, name: string): PreparedHead {
  const at = head.indexOf('vary') + 1;
  if (at === 0) return head;
  const value = head[at] ?? '';
  return value.split(', ').includes(name) ? head : head.with(at, `${value}, ${name}`);
}

/** Creates the response class of a server. HSTS is sent in production. */
export function createResponseClass({
  production,
  ...state
}: Omit<ServerState, 'always'> & { production: boolean }): typeof GatewayResponse {
  const always = production ? PRODUCTION_HEADERS : SECURITY_HEADERS;
  const created = class<Request extends IncomingMessage> extends GatewayResponse<Request> {};
  Object.defineProperty(created.prototype, 'server', { value: { always, ...state } satisfies ServerState });
  return created;
}
