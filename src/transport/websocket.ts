import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { type Context, createContext, type Deps } from '../services/context';
import { type Authenticated, authenticate } from './authenticate';
import { MOST_BYTES } from './body';
import { boundMessages } from './bound-messages';
import type { Caller, Gate } from './limits/gate';
import { admit } from './limits/on-subscribe';
import { executeLive, masked } from './live';
import { LiveSessions } from './live-sessions';

type Session = { authentication?: Authenticated | 'anonymous' };

function callerOf({ authentication, request }: Session & { request: IncomingMessage }): Caller {
  const actor = authentication && authentication !== 'anonymous' ? authentication.actor : null;
  return { actor, address: request.socket.remoteAddress ?? '' };
}

const INIT_TIMEOUT_MS = 3000;
const PING_MS = 12_000;

/** Serves `graphql-transport-ws` at `path` of `server`. Resolves when every socket is closed. */
export function serveWebSocket(server: Server, path: string, schema: GraphQLSchema, deps: Deps, gate: Gate) {
  const live = new LiveSessions(deps.events);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES });
  sockets.on('connection', boundMessages);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== path) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, client => sockets.emit('connection', client, request));
  });
  const served = useServer<Record<string, unknown>, Session>(
    {
      schema,
      connectionInitWaitTimeout: INIT_TIMEOUT_MS,
      async onConnect({ connectionParams, extra }) {
        const header = connectionParams?.authorization;
        const authentication = await authenticate(deps, typeof header === 'string' ? header : undefined);
        if (authentication === 'rejected') {
          // 4403 tells clients to come back with a fresh token; 4401 would be final to them.
          extra.socket.close(CloseCode.Forbidden, 'Sign in again');
          return false;
        }
        extra.authentication = authentication;
        if (authentication !== 'anonymous') {
          const end = () => extra.socket.close(CloseCode.Forbidden, 'Sign in again');
          extra.socket.once('close', live.watch(authentication.actor, end));
        }
        return true;
      },
      onSubscribe: ({ extra }, _id, sent) => admit(gate, schema, sent, callerOf(extra)),
      context: ({ extra }): Context => {
        const { authentication } = extra;
        const actor = authentication && authentication !== 'anonymous' ? authentication.actor : null;
        return createContext(deps, actor, randomUUID(), new AbortController().signal);
      },
      execute: async (args: ExecutionArgs): Promise<ExecutionResult> =>
        masked(await execute(args), args.contextValue as Context),
      subscribe: (args: ExecutionArgs) => executeLive(deps, args),
    },
    sockets,
    PING_MS,
  );
  return { close: () => served.dispose() };
}
