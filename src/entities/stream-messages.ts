import { createUnionType, Field } from 'type-graphql';
import { CancellationRequest } from './cancellation-request';
import { OperationState, StepName, StepState, StreamResetReason } from './enums';
import { nullable, SimpleType } from './fields';
import { ProvisioningOperation } from './operation';
import { DateTimeScalar, StreamCursorScalar } from './scalars';

const CURSOR = 'Keep it: sent back as `after` it gives exactly what follows this message.';

@SimpleType(
  'The state of everything that matches, as of the cursor. The first message of a stream without `after`.',
)
export class ProvisioningSnapshot {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field(() => [ProvisioningOperation], {
    description:
      'All operations of the order or subscription asked for; without either, those that have not succeeded, newest first, at most 500.',
  })
  operations!: ProvisioningOperation[];
}

@SimpleType(
  'One change of one operation. Read `operation` for the state now and the other fields for what happened.',
)
export class ProvisioningUpdate {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  occurredAt!: Date;

  @Field(() => ProvisioningOperation, { description: 'As it is now.' })
  operation!: ProvisioningOperation;

  @Field(() => StepName, nullable('Null where the operation itself changed.'))
  step!: StepName | null;

  @Field(() => StepState, nullable('The state that the step came to.'))
  stepState!: StepState | null;

  @Field(() => OperationState, { description: 'The state that the operation came to, or was in.' })
  operationState!: OperationState;

  @Field({ description: 'A sentence for a person.' })
  message!: string;
}

@SimpleType('Messages were lost to this reader; a snapshot follows.')
export class StreamReset {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field(() => StreamResetReason, { description: 'Why.' })
  reason!: StreamResetReason;
}

/** Message of `provisioningUpdates`. */
export const ProvisioningStreamMessage = createUnionType({
  name: 'ProvisioningStreamMessage',
  description: 'A snapshot, then updates; a reset where messages were lost, followed by a snapshot.',
  types: () => [ProvisioningSnapshot, ProvisioningUpdate, StreamReset] as const,
});

@SimpleType('A cancellation request that was opened, decided, withdrawn or completed.')
export class CancellationUpdate {
  @Field(() => StreamCursorScalar, { description: CURSOR })
  cursor!: string;

  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  occurredAt!: Date;

  @Field(() => CancellationRequest, { description: 'As it is now.' })
  request!: CancellationRequest;
}
