import type { ServerResponse } from 'node:http';
import type { Fault } from './faults';
import { sendJson } from './http';

/** Response in the format of the contract. */
export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Call without a response yet. */
export interface PendingCall {
  response: ServerResponse;
  /** Does the work and returns the response. The broker applies `workMs` and `failLater` of the fault. */
  act: (fault?: Fault) => Reply;
  /** Returns a refusal in the format of the contract. */
  refuse: (fault: Fault) => Reply;
  /** Removes the call from the calls in flight. */
  leave: () => void;
}

/** Does the work and sends the response, or applies the fault. */
export function respond(pending: PendingCall, fault: Fault | undefined): void {
  const { response, act } = pending;
  switch (fault?.then) {
    case undefined:
    case 'answer':
    case 'failLater':
      answer(pending, act(fault));
      break;
    case 'answerTwice':
      act(fault);
      answer(pending, act(fault));
      break;
    case 'status':
      answer(pending, {
        status: fault.status,
        body: { Message: fault.message, description: fault.message },
        ...(fault.retryAfter && { headers: { 'Retry-After': fault.retryAfter } }),
      });
      break;
    case 'refuse':
      answer(pending, pending.refuse(fault));
      break;
    case 'malformed':
      act(fault);
      pending.leave();
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><body>Bad gateway</body></html>');
      break;
    case 'resetAfter':
      act(fault);
      reset(pending);
      break;
    case 'resetBefore':
      reset(pending);
      break;
    case 'hang':
      break;
  }
}

/** Leaves before it drops the connection, for the same reason as `answer`. */
function reset({ response, leave }: PendingCall): void {
  leave();
  response.socket?.resetAndDestroy();
}

/** Leaves before it sends the response; otherwise the caller's next call could overlap with this one. */
function answer({ response, leave }: PendingCall, { status, body, headers }: Reply): void {
  leave();
  sendJson(response, status, body, headers);
}
