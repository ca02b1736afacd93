import type { ServerResponse } from 'node:http';
import type { Fault } from './faults';
import { sendJson } from './http';

/** One call that is to be answered: `act` does the work and gives the answer, `leave` counts the call out. */
export interface Pending {
  response: ServerResponse;
  act: () => unknown;
  leave: () => void;
}

/** Does the work and answers, or whatever the fault says instead. */
export function respond(pending: Pending, fault: Fault | undefined): void {
  const { response, act } = pending;
  switch (fault?.then) {
    case undefined:
    case 'answer':
      answer(pending, 200, act());
      break;
    case 'answerTwice':
      act();
      answer(pending, 200, act());
      break;
    case 'status':
      answer(pending, fault.status, { Message: fault.message });
      break;
    case 'refuse':
      answer(pending, 200, refusal(fault.code, fault.message));
      break;
    case 'malformed':
      act();
      pending.leave();
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><body>Bad gateway</body></html>');
      break;
    case 'resetAfter':
      act();
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
function answer({ response, leave }: Pending, status: number, body: unknown): void {
  leave();
  sendJson(response, status, body);
}

/** The contract's refusal, which travels in HTTP 200. */
export function refusal(code: number, message: string): object {
  return { Code: code, Message: message, Result: null };
}
