import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that may wait on one connection. Clients do not send so many before they read an answer. */
const MOST_WAITING = 100;

/** One connection: whether a request of it is being answered, and what begins those that wait for its answer. */
interface Line {
  isBusy: boolean;
  readonly waiting: (() => void)[];
}

/**
 * Answers the requests of one connection one after the other. Node hands over every pipelined request of a packet at once,
 * although their answers have to be sent in order: thousands of requests would be worked on in one pass of the event loop.
 */
export class Pipelined {
  private readonly lines = new WeakMap<Socket, Line>();

  /**
   * Calls `begin` when the requests before it are answered, and `end` when it is answered itself or its connection is gone.
   * Closes a connection on which too many wait: those never begin.
   */
  answer(socket: Socket, response: ServerResponse, begin: () => void, end: () => void) {
    const line = this.lineOf(socket);
    const start = () => {
      line.isBusy = true;
      // Node reports the end of a response only while it is its turn.
      response.on('close', () => {
        end();
        next(line);
      });
      begin();
    };
    if (line.waiting.length < MOST_WAITING) this.whenIdle(socket, start);
    else socket.destroy();
  }

  /** Calls `begin` when the requests that came before are answered; never if the connection is gone by then. */
  whenIdle(socket: Socket, begin: () => void): void {
    const line = this.lineOf(socket);
    const start = () => {
      if (!socket.destroyed) begin();
    };
    if (line.isBusy || line.waiting.length > 0) line.waiting.push(start);
    else start();
  }

  private lineOf(socket: Socket): Line {
    const known = this.lines.get(socket);
    if (known) return known;
    const line = { isBusy: false, waiting: [] };
    this.lines.set(socket, line);
    return line;
  }
}

/** The other connections come first. */
function next(line: Line): void {
  line.isBusy = false;
  if (line.waiting.length > 0) setImmediate(() => line.waiting.shift()?.());
}
