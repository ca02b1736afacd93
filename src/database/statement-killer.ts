import { type Connection, type ConnectionOptions, createConnection } from 'mysql2';
import { identify, identityOf } from './server-identity';

/** Time to connect and to stop what has to be stopped, in milliseconds. */
const DEADLINE_MS = 5000;

/** Something to stop on the server. */
export interface KillRequest {
  /** Whether only the statement ends, or its connection with it and its transaction. */
  kind: 'QUERY' | 'CONNECTION';
  threadId: number;
  /** The server that knows the connection as `threadId`. */
  server: string;
  /** Whether it has ended by itself. */
  hasEnded(): boolean;
  /** Called when the server has answered, and when it cannot be asked. */
  done(): void;
}

/**
 * Ends statements on the server that nobody here waits for: the server would work on, and keep its locks. It has a
 * connection of its own while there is something to stop, because the pool may be exhausted.
 */
export class StatementKiller {
  private waiting: KillRequest[] = [];
  private connection: Connection | undefined;

  /** @param onFailure called when no connection could be made. */
  constructor(
    private readonly options: ConnectionOptions,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Stops something on its server. */
  kill(what: KillRequest): void {
    this.waiting.push(what);
    if (!this.connection) this.open();
  }

  private open(): void {
    const connection = createConnection(this.options);
    let asked: KillRequest | undefined;
    const close = () => {
      if (this.connection !== connection) return;
      clearTimeout(late);
      this.connection = undefined;
      connection.destroy();
      (connection as unknown as { stream: { destroy(): void } }).stream.destroy();
    };
    // A server that cannot be reached is left alone: it ends lost connections by itself.
    const giveUp = (error: unknown) => {
      if (this.connection !== connection) return;
      close();
      this.onFailure(error);
      asked?.done();
      for (const { done } of this.waiting.splice(0)) done();
    };
    const late = setTimeout(() => giveUp(new Error('The server does not answer.')), DEADLINE_MS);
    connection.on('error', giveUp);
    const next = () => {
      asked = this.waiting.shift();
      const stop = asked;
      if (!stop) return close();
      const done = () => {
        stop.done();
        next();
      };
      // The address may lead to another server by now, where the number is that of somebody else.
      if (stop.hasEnded() || stop.server !== identityOf(connection)) return done();
      // An error says that it has ended meanwhile (1094), or that the number is another user's by now (1095).
      connection.query(`KILL ${stop.kind} ${stop.threadId}`, done);
    };
    this.connection = connection;
    connection.connect(error => {
      if (!error) identify(connection, next);
    });
  }
}
