/** An error of GraphQL as it comes over the wire. */
export interface WireError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string; requestId?: string };
}

/** The code of what is broken at the gateway and may work when it is tried again. */
const UNEXPECTED = 'INTERNAL_SERVER_ERROR';

/** The gateway answered, but not with data: top-level errors, each with a code for programs. */
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

  /** Whether the same request may work later. */
  get passing(): boolean {
    return this.codes.every(code => code === UNEXPECTED) || (this.status ?? 0) >= 500;
  }
}

/** The gateway does not want this connection, and will not however often it is tried. */
export class StreamRefusedError extends Error {
  override readonly name = 'StreamRefusedError';

  /** Close code of the WebSocket; 4403: the tokens are not valid. */
  readonly closeCode: number;

  constructor(closeCode: number, reason: string) {
    super(`The gateway closed the stream for good: ${closeCode} ${reason}`);
    this.closeCode = closeCode;
  }
}

/** The session is over: signed out, here or elsewhere, or ended by the gateway. Sign in again. */
export class SessionEndedError extends Error {
  override readonly name = 'SessionEndedError';

  constructor() {
    super('The session has ended. Sign in again.');
  }
}
