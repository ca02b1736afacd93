/** A message as it is sent: made once, the same bytes for every reader of a channel. */
export interface Payload {
  cursor: string;
  /** The execution result as JSON, without a line break. */
  json: Buffer;
}

/** Where the messages of one operation go. */
export interface Sink {
  /** Whether the reader takes what it is sent; false when so much waits that nothing more may be added. */
  readonly ready: boolean;
  /** Calls back, once, when `ready` is true again. */
  whenReady(callback: () => void): void;
  /** Sends messages in one write. */
  send(payloads: readonly Payload[]): void;
}
