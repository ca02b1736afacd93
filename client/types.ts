/** A document with the types of what it gives and what it takes; at run time only its text. */
export type TypedDocument<Data, Variables> = string & {
  /** Never there: carries the types. */
  readonly typed?: (variables: Variables) => Data;
};

/**
 * A token for `Authorization: Bearer …`; asked for anew before every request and every connection. `rejectedToken` is the
 * one that the gateway has just refused: give another.
 */
export type TokenSource = (rejectedToken?: string) => string | Promise<string>;

/** Session as returned by `signIn` and `refreshToken`. */
export interface Tokens {
  token: string;
  expiresAt: string;
  /** Good once. */
  refreshToken: string;
}

/** The fields of `UserErrorFields`: an error that a client can act on. */
export interface UserError {
  __typename: string;
  /** New codes may come: have a default branch. */
  code: string;
  message: string;
  path: string[] | null;
  minQuantity?: number;
  maxQuantity?: number | null;
  subscription?: { id: string; friendlyName: string; state: SubscriptionState } | null;
  currentVersion?: number;
  request?: { id: string; state: RequestState };
  providerCode?: number | null;
}

export type OperationKind = 'PROVISION' | 'ADD_ADDONS' | 'DEPROVISION' | 'UNDO';
export type OperationState = 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABANDONED';
export type StepState = 'PENDING' | 'RUNNING' | 'RETRYING' | 'SUCCEEDED' | 'SKIPPED' | 'FAILED';
export type SubscriptionState = 'PENDING' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CANCELLATION' | 'CANCELLED';
export type OrderState =
  | 'SUBMITTED'
  | 'EXECUTING'
  | 'COMPLETED'
  | 'PARTIALLY_COMPLETED'
  | 'FAILED'
  | 'CANCELLED';
export type RequestState = 'PENDING' | 'ACCEPTED' | 'REJECTED' | 'WITHDRAWN' | 'COMPLETED' | 'FAILED';

/** One step of an operation. */
export interface ProvisioningStep {
  name: string;
  state: StepState;
  attempts: number;
  startedAt: string | null;
  finishedAt: string | null;
  nextAttemptAt: string | null;
  error: { code: string; message: string; providerCode: number | null; retryable: boolean } | null;
}

/** The fields of `OperationFields`: what is being done about a subscription. */
export interface ProvisioningOperation {
  id: string;
  kind: OperationKind;
  state: OperationState;
  /** 0 to 1. */
  progress: number;
  trackId: string;
  createdAt: string;
  finishedAt: string | null;
  steps: ProvisioningStep[];
  subscription: {
    id: string;
    friendlyName: string;
    state: SubscriptionState;
    syncState: string;
    /** A whole number of up to 64 bits. */
    capacityBytes: string;
  };
  order: { id: string; number: string; state: string } | null;
}

/** A message of `followProvisioning`. `cursor` is the place behind it: keep it to go on from there another day. */
export type ProvisioningMessage =
  | { __typename: 'ProvisioningSnapshot'; cursor: string; operations: ProvisioningOperation[] }
  | {
      __typename: 'ProvisioningUpdate';
      cursor: string;
      occurredAt: string;
      message: string;
      /** Step that the message reports. Null if it concerns the whole operation. */
      step: string | null;
      stepState: StepState | null;
      operationState: OperationState;
      /** The operation as it was when the message was sent: may be further on than what the message tells of. */
      operation: ProvisioningOperation;
    }
  | { __typename: 'StreamReset'; cursor: string; reason: 'CURSOR_EXPIRED' | 'TOO_SLOW' };

/** The fields of `CancellationRequestFields`. */
export interface CancellationRequest {
  id: string;
  version: number;
  state: RequestState;
  /** Party that has to decide next. Null unless the request is PENDING. */
  awaiting: 'RESELLER' | 'DISTRIBUTOR' | null;
  timing: 'IMMEDIATE' | 'END_OF_PERIOD';
  reason: string | null;
  requestedAt: string;
  requestedBy: { id: string; name: string };
  decidedAt: string | null;
  decidedBy: { id: string; name: string } | null;
  decisionNote: string | null;
  completedAt: string | null;
  subscription: {
    id: string;
    friendlyName: string;
    state: SubscriptionState;
    account: { id: string; name: string };
    product: { sku: string; name: string };
  };
}

/** Message of `followCancellations`. Store `cursor` to resume after the message. */
export type CancellationMessage =
  | {
      __typename: 'CancellationSnapshot';
      cursor: string;
      /** Open requests, newest first, at most 500. */
      requests: CancellationRequest[];
      /** True if there are more. */
      truncated: boolean;
    }
  | { __typename: 'CancellationUpdate'; cursor: string; occurredAt: string; request: CancellationRequest }
  | { __typename: 'StreamReset'; cursor: string; reason: 'CURSOR_EXPIRED' | 'TOO_SLOW' };

/** State of an order or a subscription. */
export interface Versioned<State> {
  id: string;
  /** Increments with every change. */
  version: number;
  state: State;
  /** Reference in another system. Null if none was set. */
  externalReference: string | null;
}

/** Message of `followOrders`. Store `cursor` to resume after the message. */
export type OrderMessage =
  | {
      __typename: 'OrderSnapshot';
      cursor: string;
      /** Unfinished orders, newest first, at most 500. */
      orders: Versioned<OrderState>[];
      /** True if there are more. */
      truncated: boolean;
    }
  | {
      __typename: 'OrderUpdate';
      cursor: string;
      occurredAt: string;
      /** Type of the event, such as `order.completed`. */
      type: string;
      /** The order when the message was sent, which can include later changes. */
      order: Versioned<OrderState>;
    }
  | { __typename: 'StreamReset'; cursor: string; reason: 'CURSOR_EXPIRED' | 'TOO_SLOW' };

/** Message of `followSubscriptions`. Store `cursor` to resume after the message. */
export type SubscriptionMessage =
  | {
      __typename: 'CloudSubscriptionSnapshot';
      cursor: string;
      /** Subscriptions that are neither ACTIVE nor CANCELLED, or have an open cancellation request, newest first, at most 500. */
      subscriptions: Versioned<SubscriptionState>[];
      /** True if there are more. */
      truncated: boolean;
    }
  | {
      __typename: 'CloudSubscriptionUpdate';
      cursor: string;
      occurredAt: string;
      /** Type of the event, such as `subscription.activated`. */
      type: string;
      /** The subscription when the message was sent, which can include later changes. */
      subscription: Versioned<SubscriptionState>;
    }
  | { __typename: 'StreamReset'; cursor: string; reason: 'CURSOR_EXPIRED' | 'TOO_SLOW' };
