/** Serialized message, shared by every reader of a channel. */
export interface Payload {
  cursor: string;
  /** The execution result as JSON, without a line break. */
  json: Buffer;
}

/** Output of the messages of one operation, with backpressure. */
export interface Sink {
  /** Whether the buffer has room. False for a slow consumer. */
  readonly ready: boolean;
  /** Calls `callback` once, when the buffer has drained. */
  whenReady(callback: () => void): void;
  /** Sends messages in one write. */
  send(payloads: readonly Payload[]): void;
}
