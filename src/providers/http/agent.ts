import http from 'node:http';
import https from 'node:https';

/** Idle time after which a connection is closed: less than the 5 seconds for which many servers keep one. */
const IDLE_MS = 4000;

/** An agent for `protocol` that reuses connections and closes those that have been idle for a few seconds. */
export function createAgent(protocol: string, options: https.AgentOptions = {}): http.Agent {
  const Agent = protocol === 'https:' ? https.Agent : http.Agent;
  return new Agent({ ...options, keepAlive: true, timeout: IDLE_MS });
}

/** Closes the idle connections of `agent`. The next requests open new ones. */
export function closeIdleConnections(agent: http.Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of [...(sockets ?? [])]) socket.destroy();
  }
}
