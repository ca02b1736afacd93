import { type Connection, type ConnectionOptions, createConnection } from 'mysql2';

/** Time to connect and to stop what has to be stopped, in milliseconds. */
const DEADLINE_MS = 5000;

/**
 * Ends statements on the server whose connection this process has destroyed: the server would work on, and keep its
 * locks. It has a connection of its own while there is something to stop, because the pool may be exhausted.
 */
export class Stopper {
  private waiting: number[] = [];
  private connection: Connection | undefined;

  constructor(private readonly options: ConnectionOptions) {}

  /** Ends the connection that the server knows as `threadId`, with its statement and transaction. */
  stop(threadId: number | null): void {
    if (threadId === null) return;
    this.waiting.push(threadId);
    if (!this.connection) this.open();
  }

  private open(): void {
    const connection = createConnection(this.options);
    const close = () => {
      if (this.connection !== connection) return;
      clearTimeout(late);
      this.connection = undefined;
      connection.destroy();
      (connection as unknown as { stream: { destroy(): void } }).stream.destroy();
    };
    // A server that cannot be reached is left alone: it ends lost connections by itself.
    const giveUp = () => {
      if (this.connection === connection) this.waiting = [];
      close();
    };
    const late = setTimeout(giveUp, DEADLINE_MS);
    connection.on('error', giveUp);
    const next = () => {
      const id = this.waiting.shift();
      if (id === undefined) return close();
      // An error says that it has ended meanwhile (1094), or that the number is another user's by now (1095).
      connection.query(`KILL ${id}`, () => next());
    };
    this.connection = connection;
    connection.connect(error => {
      if (!error) next();
    });
  }
}
