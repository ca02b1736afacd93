import type { ServerResponse } from 'node:http';
import type { Fault } from './faults';
import { sendJson } from './http';

/** An answer of the contract that is spoken. */
export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** One call that is to be answered. */
export interface PendingCall {
  response: ServerResponse;
  /** Does the work and gives the answer; what the fault says of work that is done later is for the contract. */
  act: (fault?: Fault) => Reply;
  /** Rejection as the contract defines it. */
  refuse: (fault: Fault) => Reply;
  /** Counts the call out. */
  leave: () => void;
}

/** Does the work and answers, or whatever the fault says instead. */
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
      response.socket?.resetAndDestroy();
      break;
    case 'resetBefore':
      response.socket?.resetAndDestroy();
      break;
    case 'hang':
      break;
  }
}

/** Counted out before the answer leaves, or the caller's next call could seem to overlap with this one. */
function answer({ response, leave }: PendingCall, { status, body, headers }: Reply): void {
  leave();
  sendJson(response, status, body, headers);
}
