import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import { defineEnum, nullable } from '../entities';
import { type UserErrorCode, userErrors } from './registry';

const UserErrorCodeEnum = defineEnum(
  'UserErrorCode',
  'Machine-readable code of a user error. New codes can be added: handle unknown codes in a default branch.',
  userErrors,
);

/** An error that a client can act on. */
@InterfaceType({
  description: 'An error that a client can act on.',
  autoRegisterImplementations: true,
})
export abstract class UserError {
  @Field(() => UserErrorCodeEnum, { description: 'Machine-readable code.' })
  code!: UserErrorCode;

  @Field({ description: 'Human-readable explanation: the problem and the next step.' })
  message!: string;

  @Field(
    () => [String],
    nullable('Path of the invalid value in the input. Null if the error concerns no single value.'),
  )
  path!: string[] | null;
}

/** Object type of an error. Its fields are the properties of its class. */
const ErrorType = (description: string) =>
  ObjectType({ implements: UserError, simpleResolvers: true, description });

@ErrorType('An error without further fields.')
export class SimpleError extends UserError {}

@ErrorType('The recipient has a live subscription of a service that allows one at a time.')
export class ActiveSubscriptionExistsError extends UserError {
  /** Id of the existing subscription. `subscription` resolves it if the viewer can see it. */
  subscriptionId!: string | null;
}

@ErrorType('A quantity is outside the limits of the service or the add-on.')
export class QuantityLimitError extends UserError {
  @Field(() => Int, { description: 'Minimum quantity.' })
  minQuantity!: number;

  @Field(() => Int, nullable('Maximum quantity. Null for no limit.'))
  maxQuantity!: number | null;
}

@ErrorType('The object has changed since the caller read it.')
export class VersionConflictError extends UserError {
  @Field(() => Int, { description: 'Current version of the object.' })
  currentVersion!: number;
}

@ErrorType('A cancellation of the subscription is already requested.')
export class CancellationAlreadyRequestedError extends UserError {
  /** Id of the open request, which `request` resolves. */
  requestId!: string;
}

@ErrorType('A change of the subscription is already open.')
export class ChangeAlreadyRequestedError extends UserError {
  /** Id of the open change, which `change` resolves. */
  changeId!: string;
}

@ErrorType('The provider rejected the order. `message` has its reason.')
export class ProviderRejectedError extends UserError {
  @Field(() => Int, nullable('Error code of the provider. Null if the provider sent none.'))
  providerCode!: number | null;
}
