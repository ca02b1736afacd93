import http from 'node:http';
import https from 'node:https';

/** Idle time after which a connection is closed. Shorter than the keep-alive timeout of many servers (5 s). */
const IDLE_MS = 4000;

/** Creates an agent for `protocol` that reuses connections and closes idle ones after 4 seconds. */
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
