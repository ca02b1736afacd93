import { type DocumentNode, type GraphQLError, OperationTypeNode } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { isDatabaseFault } from '../../database';
import { type RequestErrorCode, requestError } from '../../errors';
import { type AdmittedOperation, bucketKey, RequestRefusal } from '../../graphql';
import { authenticateWithTimeout } from '../identify-caller';
import type { Slot } from '../limits';
import type { StreamServices } from './stream-services';
import type { WsConnection } from './ws-connection';

const ACCEPTS = new Set(Object.values(OperationTypeNode));

/** Admitted operation, with the properties that graphql-ws reads. */
export interface WsOperation {
  id: string;
  connection: WsConnection;
  admitted: AdmittedOperation;
  document: DocumentNode;
}

/** Handles `connection_init`. False if the connection is refused and closes. */
export async function authenticateConnection(
  { deps, connections, limits, config }: StreamServices,
  connection: WsConnection,
  params: Record<string, unknown> | undefined,
): Promise<boolean> {
  connection.markInitialized();
  const header = authorizationOf(params);
  const authentication =
    header === 'malformed'
      ? 'rejected'
      : await authenticateWithTimeout(deps, header, config.security.requestTimeoutMs);
  if (authentication === 'timed out' || authentication === 'unavailable')
    return refuse(connection, 'unavailable');
  // Clients reconnect with a fresh token after 4403. They treat 4401 as fatal.
  if (authentication === 'rejected') return refuse(connection, 'no rights');
  limits.sockets.markBusy(connection.tcpSocket);
  if (authentication === 'anonymous') {
    return connections.admitAnonymous(connection) || refuse(connection, 'too many from this address');
  }
  if (!connections.admit(connection, authentication)) return refuse(connection, 'too many');
  limits.sockets.exemptFromAddressLimit(connection.tcpSocket);
  return true;
}

function refuse(connection: WsConnection, reason: Parameters<WsConnection['terminate']>[0]): false {
  connection.terminate(reason);
  return false;
}

/** Value of `authorization`, case-insensitive as in HTTP. `malformed` if it is not a string. */
function authorizationOf(params: Record<string, unknown> = {}): string | undefined {
  const name = Object.keys(params).find(key => key.toLowerCase() === 'authorization');
  const value = name === undefined ? undefined : params[name];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : 'malformed';
}

/** Handles `subscribe`. Returns the operation to run, or the errors to send. */
export async function admitOperation(
  streams: StreamServices,
  connection: WsConnection,
  id: string,
  payload: SubscribePayload,
  operations: number,
): Promise<WsOperation | readonly GraphQLError[]> {
  const slot = streams.limits.inFlight.acquire();
  if (!slot) return refused('OVERLOADED');
  try {
    const result = await admitSubscribe(streams, connection, payload, operations, slot);
    if (Array.isArray(result)) {
      slot.release();
      return result;
    }
    connection.holdSlot(id, slot);
    return { id, connection, admitted: result, document: result.plan.document };
  } catch (error) {
    slot.release();
    if (isDatabaseFault(error)) return refused('UNAVAILABLE');
    throw error;
  }
}

async function admitSubscribe(
  { deps, pipeline, config }: StreamServices,
  connection: WsConnection,
  payload: SubscribePayload,
  operations: number,
  slot: Slot,
): Promise<AdmittedOperation | GraphQLError[]> {
  if (!connection.isValid()) return refused('UNAUTHENTICATED');
  if (operations > config.stream.operationsPerConnection) return refused('TOO_MANY_STREAMS');
  const { signedInUser } = connection;
  if (signedInUser) await deps.actors.refresh([signedInUser]);
  if (!connection.isValid()) return refused('UNAUTHENTICATED');
  const { caller } = connection;
  if (!slot.assignTo(bucketKey(caller))) return refused('OVERLOADED');
  connection.markUsed();
  const admitted = await pipeline.admit({ ...payload, accepts: ACCEPTS }, caller);
  // Frees the text of the document: thousands of dashboards would hold as many copies.
  (payload as { query: string }).query = '';
  return admitted instanceof RequestRefusal ? [...admitted.errors] : admitted;
}

const refused = (code: RequestErrorCode): GraphQLError[] => [requestError(code)];
