import type { WebSocket } from 'ws';

/** Token bucket of a socket: maximum burst of messages and pings, and its refill rate. */
const MAX_BURST = 500;
const MESSAGES_PER_SECOND = 100;
/** Close code for a message that violates a policy (RFC 6455, section 7.4.1). */
const POLICY_VIOLATION = 1008;

/** Closes a socket that exceeds the rate limit of messages and pings. */
export function limitMessageRate(socket: WebSocket): void {
  let available = MAX_BURST;
  let refilledAt = performance.now();
  const count = () => {
    const now = performance.now();
    available = Math.min(MAX_BURST, available + ((now - refilledAt) / 1000) * MESSAGES_PER_SECOND) - 1;
    refilledAt = now;
    if (available < 0 && socket.readyState === socket.OPEN)
      socket.close(POLICY_VIOLATION, 'Too many messages');
  };
  socket.on('message', count);
  socket.on('ping', count);
}
