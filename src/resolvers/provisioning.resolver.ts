import { Arg, Ctx, FieldResolver, Float, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import {
  CancellationMessage,
  CloudSubscription,
  nullable,
  OperationStep,
  Order,
  ProvisioningErrorCode,
  ProvisioningOperation,
  ProvisioningStreamMessage,
  StepState,
  StreamCursorScalar,
} from '../entities';
import { type Context, mutationContext, requireActor } from '../services/context';
import { cancellationStream } from '../services/streams/cancellation-stream';
import { openStream } from '../services/streams/log-stream';
import { provisioningStream } from '../services/streams/provisioning-stream';
import { abandonOperation, findUndo } from '../services/subscriptions/abandon-operation';
import { retryProvisioning } from '../services/subscriptions/retry-provisioning';
import { loadVisible } from './load-visible';
import { AFTER, Input } from './types/fields';
import { AbandonOperationInput, RetryProvisioningInput } from './types/inputs';
import { changedObject, loadedPayload, PayloadMutation, payloadOf } from './types/payloads';
import { ProvisioningError } from './types/shown';

const OPERATION = { operation: changedObject(ProvisioningOperation) };

const changed = loadedPayload('operation', ({ load }, id) => load.visible.operation.load(id));

@Resolver(() => ProvisioningOperation)
export class ProvisioningResolver {
  @PayloadMutation(OPERATION, 'Retries a failed operation, starting with the step that failed.')
  retryProvisioning(@Input() input: RetryProvisioningInput, @Ctx() context: Context) {
    return changed(context, caller => retryProvisioning(caller, input));
  }

  @PayloadMutation(
    {
      ...OPERATION,
      undo: changedObject(
        ProvisioningOperation,
        'Operation that undoes the abandoned one at the provider. Null if nothing has to be undone there.',
      ),
    },
    'Abandons a failed operation. Fails with OPERATION_NOT_FAILED otherwise. It is ABANDONED at once and cannot be retried. If the provider may have done a part of it, an operation of kind UNDO follows. The order is settled when the UNDO has ended: CANCELLED, or PARTIALLY_COMPLETED if another line is provisioned.',
  )
  abandonOperation(@Input() input: AbandonOperationInput, @Ctx() context: Context) {
    const caller = mutationContext(context);
    return payloadOf(async () => {
      const id = await abandonOperation(caller, input);
      const { operation } = caller.load.visible;
      return { operation: await operation.load(id), undo: await findUndo(caller, id) };
    });
  }

  @Query(
    () => ProvisioningOperation,
    nullable('The operation with an id. Null if there is none that the viewer can see.'),
  )
  operation(
    @Arg('id', () => ID, { description: 'Id of the operation.' }) id: string,
    @Ctx() context: Context,
  ): Promise<ProvisioningOperation | null> {
    return loadVisible(requireActor(context), ProvisioningOperation, id);
  }

  @Subscription(() => ProvisioningStreamMessage, {
    subscribe: ({ args, context }) => openStream(provisioningStream, requireActor(context), args),
    description:
      'Streams changes of provisioning operations. With `after`, replays exactly the messages that follow the cursor, then continues live. Without it, starts with a snapshot.',
  })
  provisioningUpdates(
    @Arg('orderId', () => ID, nullable('Id of an order. Limits the stream to its operations.')) _orderId:
      | string
      | null,
    @Arg('subscriptionId', () => ID, nullable('Id of a subscription. Limits the stream to its operations.'))
    _subscriptionId: string | null,
    @Arg('after', () => StreamCursorScalar, nullable(AFTER)) _after: string | null,
    @Root() message: object,
  ): object {
    return message;
  }

  @Subscription(() => CancellationMessage, {
    subscribe: ({ args, context }) => openStream(cancellationStream, requireActor(context), args),
    description:
      'Streams changes of cancellation requests. With `after`, replays exactly the messages that follow the cursor, then continues live. Without it, starts with a snapshot.',
  })
  cancellationUpdates(
    @Arg('after', () => StreamCursorScalar, nullable(AFTER)) _after: string | null,
    @Root() message: object,
  ): object {
    return message;
  }

  @FieldResolver(() => Order, nullable('Order that caused the operation. Null for a cancellation.'))
  order(@Root() { orderId }: ProvisioningOperation, @Ctx() { load }: Context): Promise<Order | null> | null {
    return orderId === null ? null : load.order.load(orderId);
  }

  @FieldResolver(() => CloudSubscription, { description: 'Subscription that the operation changes.' })
  subscription(@Root() { subscriptionId }: ProvisioningOperation, @Ctx() { load }: Context) {
    return load.subscription.load(subscriptionId);
  }

  @FieldResolver(() => [OperationStep], { description: 'Steps in the order of execution.' })
  steps(@Root() { id }: ProvisioningOperation, @Ctx() { load }: Context): Promise<OperationStep[]> {
    return load.steps.load(id);
  }

  @FieldResolver(() => Float, { description: 'Share of finished steps, 0 to 1.' })
  async progress(@Root() { id }: ProvisioningOperation, @Ctx() { load }: Context): Promise<number> {
    const steps = await load.steps.load(id);
    const finished = steps.filter(
      ({ state }) => state === StepState.SUCCEEDED || state === StepState.SKIPPED,
    );
    return finished.length / steps.length;
  }
}

const FINAL: readonly ProvisioningErrorCode[] = [
  ProvisioningErrorCode.REJECTED,
  ProvisioningErrorCode.UNAUTHORIZED,
];

@Resolver(() => OperationStep)
export class StepResolver {
  @FieldResolver(() => ProvisioningError, nullable('Error of the last attempt. Null if it succeeded.'))
  error(@Root() { errorCode, errorMessage, errorProviderCode }: OperationStep): ProvisioningError | null {
    if (errorCode === null) return null;
    return {
      code: errorCode,
      message: errorMessage ?? '',
      providerCode: errorProviderCode,
      retryable: !FINAL.includes(errorCode),
    };
  }
}
