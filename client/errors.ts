/** GraphQL error of a response. */
export interface WireError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string; requestId?: string };
}

/** Code of an unexpected error of the gateway, which a retry can solve. */
const UNEXPECTED = 'INTERNAL_SERVER_ERROR';

/** Codes that say nothing about the request. Over a WebSocket there is no HTTP status that tells them apart. */
const TEMPORARY: ReadonlySet<string> = new Set([
  UNEXPECTED,
  'OPERATION_TIMEOUT',
  'OVERLOADED',
  'RATE_LIMITED',
  'TOO_MANY_STREAMS',
  'UNAVAILABLE',
]);

/** Top-level errors of a response, each with a code. */
export class GraphQLRequestError extends Error {
  override readonly name = 'GraphQLRequestError';
  /** `UNAUTHENTICATED`, `BAD_CURSOR`, `NOT_FOUND`, … in the order of `errors`. */
  readonly codes: readonly string[];
  readonly errors: readonly WireError[];
  /** HTTP status; null over a WebSocket. */
  readonly status: number | null;

  // Declared one by one: a parameter property does not compile under `erasableSyntaxOnly`, which new Vite apps set.
  constructor(errors: readonly WireError[], status: number | null = null) {
    super(errors.map(({ message }) => message).join(' '));
    this.errors = errors;
    this.status = status;
    this.codes = errors.map(({ extensions }) => extensions?.code ?? UNEXPECTED);
  }

  /** Whether a later retry can succeed. */
  get passing(): boolean {
    return this.codes.every(code => TEMPORARY.has(code)) || (this.status ?? 0) >= 500;
  }
}

/** The gateway refuses the stream, and a retry is useless. */
export class StreamRefusedError extends Error {
  override readonly name = 'StreamRefusedError';

  /** Close code of the WebSocket; 4403: the tokens are not valid. */
  readonly closeCode: number;

  constructor(closeCode: number, reason: string) {
    super(`The gateway closed the stream for good: ${closeCode} ${reason}`);
    this.closeCode = closeCode;
  }
}

/** The session has ended: signed out, here or elsewhere, or ended by the gateway. Sign in again. */
export class SessionEndedError extends Error {
  override readonly name = 'SessionEndedError';

  constructor() {
    super('The session has ended. Sign in again.');
  }
}
