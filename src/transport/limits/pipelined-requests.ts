import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Maximum requests in the queue of one connection. Clients do not send so many before they read an answer. */
const MAX_QUEUED = 100;

/** Requests of one connection: whether one is in progress, and the functions that start the others. */
interface RequestQueue {
  isBusy: boolean;
  readonly queued: (() => void)[];
}

/**
 * Serializes the pipelined requests of each connection. Node emits every pipelined request of a packet at once although
 * their answers have to be sent in order, so one packet could start thousands of requests in one pass of the event loop.
 */
export class PipelinedRequests {
  private readonly queues = new WeakMap<Socket, RequestQueue>();

  /**
   * Calls `begin` when the earlier requests are answered, and `end` when the request is answered or its connection is closed.
   * Closes a connection whose queue is full; its queued requests never start.
   */
  enqueue(socket: Socket, response: ServerResponse, begin: () => void, end: () => void) {
    const queue = this.queueOf(socket);
    const start = () => {
      queue.isBusy = true;
      // Node emits `close` only for the response that the socket is assigned to.
      response.on('close', () => {
        end();
        startNext(queue);
      });
      begin();
    };
    if (queue.queued.length < MAX_QUEUED) whenIdle(queue, socket, start);
    else socket.destroy();
  }

  /** Calls `begin` when the earlier requests are answered; never if the connection is closed by then. */
  whenIdle(socket: Socket, begin: () => void): void {
    whenIdle(this.queueOf(socket), socket, begin);
  }

  private queueOf(socket: Socket): RequestQueue {
    const known = this.queues.get(socket);
    if (known) return known;
    const queue = { isBusy: false, queued: [] };
    this.queues.set(socket, queue);
    return queue;
  }
}

function whenIdle(queue: RequestQueue, socket: Socket, begin: () => void): void {
  if (queue.isBusy || queue.queued.length > 0) {
    queue.queued.push(() => {
      if (!socket.destroyed) begin();
    });
  } else if (!socket.destroyed) {
    begin();
  }
}

/** Starts the next request after a pass of the event loop, so that other connections are served in between. */
function startNext(queue: RequestQueue): void {
  queue.isBusy = false;
  if (queue.queued.length > 0) setImmediate(() => queue.queued.shift()?.());
}
