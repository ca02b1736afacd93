import type { WebSocket } from 'ws';

/** Messages and pings that a socket may send at once, and those that it may go on sending each second. */
const MOST = 500;
const PER_SECOND = 100;
/** RFC 6455: the message violates a policy. */
const POLICY_VIOLATION = 1008;

/** Closes a socket that sends more messages, or pings, than any client has a reason to. */
export function boundMessages(socket: WebSocket): void {
  let left = MOST;
  let at = performance.now();
  const count = () => {
    const now = performance.now();
    left = Math.min(MOST, left + ((now - at) / 1000) * PER_SECOND) - 1;
    at = now;
    if (left < 0 && socket.readyState === socket.OPEN) socket.close(POLICY_VIOLATION, 'Too many messages');
  };
  socket.on('message', count);
  socket.on('ping', count);
}
