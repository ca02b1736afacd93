import type { GraphQLError, OperationTypeNode } from 'graphql';
import type { Charge, CostReport } from './cost-limiter';
import type { ValidDocument } from './document-cache';
import type { Plan, Variables } from './plan';

/** GraphQL request of a transport, not validated. */
export interface GraphqlRequest {
  query?: string | null | undefined;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
  /** `documentId` is the id of a trusted document, in place of `query`. */
  extensions?: Record<string, unknown> | null | undefined;
  /** Operation kinds that the transport can answer. */
  accepts: ReadonlySet<OperationTypeNode>;
}

/** Admitted operation, with the values from which its cost was computed. */
export interface AdmittedOperation {
  readonly document: ValidDocument;
  readonly plan: Plan;
  /** Variables of the planned document. */
  readonly variables: Variables;
  /** Arguments of each argument slot of the plan. */
  readonly args: readonly Variables[];
  readonly charge: Charge;
}

/** Parts of an admitted operation for its execution. */
export type Executable = Pick<AdmittedOperation, 'plan' | 'variables' | 'charge'>;

/** Answer of an operation: the result with masked errors. */
export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLError[];
  /** Undefined for a message of a stream, because readers share messages. */
  readonly extensions?: { readonly cost: CostReport };
}
