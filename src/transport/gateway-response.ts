import { randomBytes } from 'node:crypto';
import {
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import type { GracefulShutdown } from './graceful-shutdown';

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

/** Response over HTTP, on every path. */
export class GatewayResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  /** Id of the request in the log, in masked errors and in `x-request-id`. A counter, because a random id takes longer than all headers. */
  readonly requestId = `${PROCESS}-${(requests++).toString(36)}`;
}

/** State that all responses of a server share. */
interface ResponseOptions {
  /** Whether HSTS is sent. */
  production: boolean;
  shutdown: Pick<GracefulShutdown, 'isDraining'>;
  /** Number of responses by status. */
  count: Float64Array;
}

/**
 * Creates the response class of a server. Each response is counted, has the common headers, and closes its connection
 * while the server drains, also when the request came before. Headers are added as one list when the head is written:
 * header by header takes twice as long.
 */
export function createResponseClass({
  production,
  shutdown,
  count,
}: ResponseOptions): typeof GatewayResponse {
  const always = production ? PRODUCTION_HEADERS : SECURITY_HEADERS;
  return class<Request extends IncomingMessage> extends GatewayResponse<Request> {
    override writeHead(status: number, ...rest: (string | Headers | undefined)[]): this {
      if (shutdown.isDraining) this.shouldKeepAlive = false;
      count[status] = 1 + (count[status] ?? 0);
      const given = rest.find(part => typeof part === 'object') ?? [];
      const headers = Array.isArray(given) ? given : Object.entries(given).flat();
      return super.writeHead(status, [...always, 'x-request-id', this.requestId, ...headers] as string[]);
    }
  };
}
