import { randomUUID } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { createContext } from '../../services/context';
import type { Transport } from '../observe/observer';
import type { Connection } from './connection';
import type { Live } from './live';
import { definitionOf, type Operation } from './operation';
import type { Sink } from './payload';
import type { Reader } from './reader';
import { subscribe } from './subscribe';

/** A stream is begun whoever waits for it, and ends with its connection. */
const { signal } = new AbortController();

/** Begins a subscription and tells of it; `resumeAfter` is the cursor that the transport itself knows. */
export async function beginStream(
  { hub, deps, gate, observer }: Live,
  transport: Transport,
  connection: Connection,
  operation: Operation,
  sink: Sink,
  resumeAfter = '',
): Promise<ExecutionResult | Reader> {
  const startedAt = performance.now();
  const { actor, address } = connection.caller;
  const context = createContext(deps, actor, randomUUID(), signal, address);
  if (resumeAfter) context.resumeAfter = resumeAfter;
  const begun = await subscribe(hub, connection, operation, context, sink);
  const { document, operationName, variableValues } = operation;
  const cost = gate.costOf(document, variableValues, operationName);
  const errors = 'errors' in begun ? begun.errors : undefined;
  const name = definitionOf(operation)?.name?.value;
  observer.tell({ context, transport, operationName: name, document, startedAt, cost, errors });
  return begun;
}
