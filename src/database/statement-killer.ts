import { type Connection, type ConnectionOptions, createConnection } from 'mysql2';
import { identify, identityOf } from './server-identity';

/** Deadline to connect and to kill all pending statements, in milliseconds. */
const DEADLINE_MS = 5000;

/** Statement or connection to kill on the server. */
export interface KillRequest {
  /** Whether to kill only the statement, or its connection with its transaction. */
  kind: 'QUERY' | 'CONNECTION';
  threadId: number;
  /** Identity of the server to which `threadId` belongs. */
  server: string;
  /** Whether the statement has ended by itself. */
  hasEnded(): boolean;
  /** Called when the server has answered, or cannot be reached. */
  done(): void;
}

/**
 * Kills statements on the server whose caller has given up: the server would continue and keep their locks. Opens its
 * own connection while there are requests, because the pool may be exhausted.
 */
export class StatementKiller {
  private waiting: KillRequest[] = [];
  private connection: Connection | undefined;

  /** @param onFailure called when no connection could be opened. */
  constructor(
    private readonly options: ConnectionOptions,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Queues a request to kill a statement or connection. */
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
    // An unreachable server closes lost connections by itself.
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
      // The address may lead to another server by now, where the thread id belongs to another client.
      if (stop.hasEnded() || stop.server !== identityOf(connection)) return done();
      // Errors are expected: the statement has ended (1094), or the thread id belongs to another user by now (1095).
      connection.query(`KILL ${stop.kind} ${stop.threadId}`, done);
    };
    this.connection = connection;
    connection.connect(error => {
      if (!error) identify(connection, next);
    });
  }
}
