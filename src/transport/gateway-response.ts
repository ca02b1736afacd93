import { randomBytes } from 'node:crypto';
import {
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import type { Drain } from './drain';

/** What browsers are told about every answer, names and values in turn; a page sets its own Content-Security-Policy. */
const ALWAYS = [
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
/** Browsers heed the last one only over TLS, which a proxy in front ends. */
const IN_PRODUCTION = [...ALWAYS, 'strict-transport-security', `max-age=${YEAR_SECONDS}`];

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** Tells the requests of this process from those of every other one. */
const PROCESS = randomBytes(9).toString('base64url');
let requests = 0;

/** An answer over HTTP, whatever gives it. */
export class GatewayResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  /** Names the request in the log and in errors that say no more; sent as `x-request-id`. A random one would take longer than all headers. */
  readonly requestId = `${PROCESS}-${(requests++).toString(36)}`;
}

/** Options of the class of a server's answers. */
interface Answers {
  production: boolean;
  drain: Pick<Drain, 'isDraining'>;
  /** Number of answers by status. */
  count: Float64Array;
}

/**
 * The class of a server's answers: each is counted, its head says what every head does, and it closes its connection once
 * the drain has begun, also when the request came before. The headers are added as a list when the head is written, for
 * header by header it is twice as dear.
 */
export function responseOf({ production, drain, count }: Answers): typeof GatewayResponse {
  const always = production ? IN_PRODUCTION : ALWAYS;
  return class<Request extends IncomingMessage> extends GatewayResponse<Request> {
    override writeHead(status: number, ...rest: (string | Headers | undefined)[]): this {
      if (drain.isDraining) this.shouldKeepAlive = false;
      count[status] = 1 + (count[status] ?? 0);
      const given = rest.find(part => typeof part === 'object') ?? [];
      const headers = Array.isArray(given) ? given : Object.entries(given).flat();
      return super.writeHead(status, [...always, 'x-request-id', this.requestId, ...headers] as string[]);
    }
  };
}
