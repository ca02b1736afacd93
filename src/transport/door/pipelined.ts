import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that may wait on one connection. Clients do not send so many before they read an answer. */
const MOST_WAITING = 100;

/** Requests of one connection that wait for the one before them. */
interface Line {
  last: Promise<void>;
  waiting: number;
}

/**
 * Answers the requests of one connection one after the other. Node hands over every pipelined request of a packet at once,
 * although their answers have to be sent in order: thousands of requests would be worked on in one pass of the event loop.
 */
export class Pipelined {
  private readonly lines = new WeakMap<Socket, Line>();

  /** Resolves when the requests before this one are answered; undefined if there are none. Closes a connection that sends too many. */
  wait(socket: Socket, response: ServerResponse): Promise<void> | undefined {
    const line = this.lines.get(socket);
    const answered = new Promise<void>(resolve => response.once('close', resolve));
    if (!line) {
      this.lines.set(socket, { last: answered, waiting: 0 });
      answered.then(() => this.lines.get(socket)?.last === answered && this.lines.delete(socket));
      return undefined;
    }
    const before = line.last;
    line.last = answered;
    line.waiting += 1;
    if (line.waiting > MOST_WAITING) socket.destroy();
    answered.then(() => {
      line.waiting -= 1;
      if (line.last === answered) this.lines.delete(socket);
    });
    return before;
  }
}
