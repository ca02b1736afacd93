import { randomUUID } from 'node:crypto';
import {
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';

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

/**
 * An answer over HTTP, whatever gives it: it has an id, and its head says what every head does. That is added as a list
 * when the head is written, for header by header it is twice as dear.
 */
export class GatewayResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  /** Names the request in the log and in errors that say no more; sent as `x-request-id`. */
  readonly requestId = randomUUID();
  protected readonly always: readonly string[] = ALWAYS;

  override writeHead(status: number, ...rest: (string | Headers | undefined)[]): this {
    const given = rest.find(part => typeof part === 'object') ?? [];
    const headers = Array.isArray(given) ? given : Object.entries(given).flat();
    return super.writeHead(status, [...this.always, 'x-request-id', this.requestId, ...headers] as string[]);
  }
}

/** The same in production. */
export class ProductionResponse<Request extends IncomingMessage> extends GatewayResponse<Request> {
  protected override readonly always = IN_PRODUCTION;
}
