import { createUnionType, Field } from 'type-graphql';
import { CancellationRequest } from './cancellation-request';
import { OperationState, StepName, StepState, StreamResetReason } from './enums';
import { nullable, SimpleType } from './fields';
import { ProvisioningOperation } from './operation';
import { DateTimeScalar, StreamCursorScalar } from './scalars';

/** Description of `truncated`. */
export const TRUNCATED = 'True if there are more than the newest 500.';

/** Description of the cursor of a message. */
export const CURSOR =
  'Cursor of the message. Pass it as `after` to receive exactly the messages that follow.';

@SimpleType(
  'State of all matching operations at the position of the cursor. The first message of a stream without `after`.',
)
export class ProvisioningSnapshot {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field(() => [ProvisioningOperation], {
    description:
      'All operations of the requested order or subscription. Without either, the operations that are PENDING, RUNNING or FAILED, newest first, at most 500.',
  })
  operations!: ProvisioningOperation[];

  @Field({ description: TRUNCATED })
  truncated!: boolean;
}

@SimpleType(
  'One change of one operation. `operation` has the current state, the other fields describe the change.',
)
export class ProvisioningUpdate {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field(() => DateTimeScalar, { description: 'Time of the change.' })
  occurredAt!: Date;

  @Field(() => ProvisioningOperation, { description: 'Current state of the object.' })
  operation!: ProvisioningOperation;

  @Field(() => StepName, nullable('Step that changed. Null if the operation itself changed.'))
  step!: StepName | null;

  @Field(
    () => StepState,
    nullable('State of the step after the change. Null if the operation itself changed.'),
  )
  stepState!: StepState | null;

  @Field(() => OperationState, { description: 'State of the operation after the change.' })
  operationState!: OperationState;

  @Field({ description: 'Human-readable description of the change.' })
  message!: string;
}

@SimpleType('A notice that messages to this subscriber were lost. A snapshot follows.')
export class StreamReset {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field(() => StreamResetReason, { description: 'Reason of the reset.' })
  reason!: StreamResetReason;
}

/** Message of `provisioningUpdates`. */
export const ProvisioningStreamMessage = createUnionType({
  name: 'ProvisioningStreamMessage',
  description:
    'Message of `provisioningUpdates`: a snapshot, then updates. If messages were lost, a reset followed by a snapshot.',
  types: () => [ProvisioningSnapshot, ProvisioningUpdate, StreamReset] as const,
});

@SimpleType(
  'One change of a cancellation request: opened, forwarded to the distributor, decided, withdrawn or completed.',
)
export class CancellationUpdate {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field(() => DateTimeScalar, { description: 'Time of the change.' })
  occurredAt!: Date;

  @Field(() => CancellationRequest, { description: 'Current state of the object.' })
  request!: CancellationRequest;
}

@SimpleType(
  'Open cancellation requests at the position of the cursor. The first message of a stream without `after`.',
)
export class CancellationSnapshot {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field(() => [CancellationRequest], {
    description: 'Pending and accepted requests that the viewer can see, newest first, at most 500.',
  })
  requests!: CancellationRequest[];

  @Field({ description: TRUNCATED })
  truncated!: boolean;
}

/** Message of `cancellationUpdates`. */
export const CancellationMessage = createUnionType({
  name: 'CancellationMessage',
  description:
    'Message of `cancellationUpdates`: a snapshot, then updates. If messages were lost, a reset followed by a snapshot.',
  types: () => [CancellationSnapshot, CancellationUpdate, StreamReset] as const,
});
