import type { GraphQLError, OperationTypeNode } from 'graphql';
import type { KnownDocument } from './documents';
import type { Charge, CostReport } from './ledger';
import type { Plan, Variables } from './plan';

/** GraphQL request as a transport read it. Nothing of it has been checked. */
export interface GraphqlRequest {
  query?: string | null | undefined;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
  /** `documentId` names a trusted document in place of `query`. */
  extensions?: Record<string, unknown> | null | undefined;
  /** Kinds of operation that the transport can answer. */
  accepts: ReadonlySet<OperationTypeNode>;
}

/** Operation that may be executed: with exactly these values, which its cost was computed from. */
export interface AdmittedOperation {
  readonly known: KnownDocument;
  readonly plan: Plan;
  /** Of the planned document. */
  readonly variables: Variables;
  /** Arguments of each slot of the plan. */
  readonly args: readonly Variables[];
  readonly charge: Charge;
}

/** The parts of an admitted operation that its execution needs. */
export type Executable = Pick<AdmittedOperation, 'plan' | 'variables' | 'charge'>;

/** Result of an execution as a transport sends it. */
export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLError[];
  /** Undefined for a message of a stream, which many readers share. */
  readonly extensions?: { readonly cost: CostReport };
}
