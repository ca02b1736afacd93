import { type DocumentNode, type GraphQLError, OperationTypeNode } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { isDatabaseFault } from '../../database';
import { type RequestErrorCode, requestError } from '../../errors';
import { type AdmittedOperation, bucketOf, Refusal } from '../../graphql';
import { authenticateWithin } from '../caller';
import type { Slot } from '../door';
import type { Live } from './live';
import type { WsConnection } from './ws-connection';

const ACCEPTS = new Set(Object.values(OperationTypeNode));

/** An admitted operation, with the properties that graphql-ws reads. */
export interface WsOperation {
  id: string;
  connection: WsConnection;
  admitted: AdmittedOperation;
  slot: Slot;
  document: DocumentNode;
}

/** Handles `connection_init`: false if the connection is refused, and is being closed. */
export async function introduce(
  { deps, connections, door, config }: Live,
  connection: WsConnection,
  params: Record<string, unknown> | undefined,
): Promise<boolean> {
  const header = authorizationOf(params);
  const authentication =
    header === 'malformed'
      ? 'rejected'
      : await authenticateWithin(deps, header, config.security.requestTimeoutMs);
  if (authentication === 'timed out' || authentication === 'unavailable')
    return refuse(connection, 'unavailable');
  // 4403 makes clients reconnect with a fresh token; 4401 would be final to them.
  if (authentication === 'rejected') return refuse(connection, 'no rights');
  door.sockets.work(connection.line);
  if (authentication === 'anonymous') {
    return connections.admitAnonymous(connection) || refuse(connection, 'too many from this address');
  }
  if (!connections.admit(connection, authentication)) return refuse(connection, 'too many');
  door.sockets.release(connection.line);
  return true;
}

function refuse(connection: WsConnection, reason: Parameters<WsConnection['cut']>[0]): false {
  connection.cut(reason);
  return false;
}

/** The value of `authorization` in any case, as HTTP has it; `malformed` if it is there and not a string. */
function authorizationOf(params: Record<string, unknown> = {}): string | undefined {
  const name = Object.keys(params).find(key => key.toLowerCase() === 'authorization');
  const value = name === undefined ? undefined : params[name];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : 'malformed';
}

/** Handles `subscribe`: the operation to run, or the errors that are sent instead. */
export async function admitOperation(
  live: Live,
  connection: WsConnection,
  id: string,
  payload: SubscribePayload,
  operations: number,
): Promise<WsOperation | readonly GraphQLError[]> {
  const slot = live.door.inFlight.enter();
  if (!slot) return refused('OVERLOADED');
  try {
    const result = await decide(live, connection, payload, operations, slot);
    if (Array.isArray(result)) {
      slot.leave();
      return result;
    }
    connection.hold(id, slot);
    return { id, connection, slot, admitted: result, document: result.plan.document };
  } catch (error) {
    slot.leave();
    if (isDatabaseFault(error)) return refused('UNAVAILABLE');
    throw error;
  }
}

async function decide(
  { deps, pipeline, config }: Live,
  connection: WsConnection,
  payload: SubscribePayload,
  operations: number,
  slot: Slot,
): Promise<AdmittedOperation | GraphQLError[]> {
  if (!connection.isValid()) return refused('UNAUTHENTICATED');
  if (operations > config.stream.operationsPerConnection) return refused('TOO_MANY_STREAMS');
  const { holder } = connection;
  if (holder) await deps.actors.refresh([holder]);
  if (!connection.isValid()) return refused('UNAUTHENTICATED');
  const { caller } = connection;
  if (!slot.identify(bucketOf(caller))) return refused('OVERLOADED');
  connection.used();
  const admitted = await pipeline.admit({ ...payload, accepts: ACCEPTS }, caller);
  // The text of the client is not needed again; thousands of dashboards would keep as many copies.
  (payload as { query: string }).query = '';
  return admitted instanceof Refusal ? [...admitted.errors] : admitted;
}

const refused = (code: RequestErrorCode): GraphQLError[] => [requestError(code)];
