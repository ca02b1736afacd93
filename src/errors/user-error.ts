import { Field, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { type UserErrorCode, userErrors } from './registry';

/** Codes as an enum for the schema. Each value equals its name. */
const UserErrorCodeEnum = Object.fromEntries(Object.keys(userErrors).map(code => [code, code])) as Record<
  UserErrorCode,
  UserErrorCode
>;

registerEnumType(UserErrorCodeEnum, {
  name: 'UserErrorCode',
  description:
    'Machine-readable code of a user error. New codes can be added: handle unknown codes in a default branch.',
  valuesConfig: Object.fromEntries(
    Object.entries(userErrors).map(([code, description]) => [code, { description }]),
  ),
});

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

  @Field(() => [String], {
    nullable: true,
    description: 'Path of the invalid value in the input. Null if the error concerns no single value.',
  })
  path!: string[] | null;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'An error without further fields.',
})
export class SimpleError extends UserError {}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The recipient has a live subscription of a service that allows one at a time.',
})
export class ActiveSubscriptionExistsError extends UserError {
  /** Id of the existing subscription. `subscription` resolves it if the viewer can see it. */
  subscriptionId!: string | null;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'A quantity is outside the limits of the service or the add-on.',
})
export class QuantityLimitError extends UserError {
  @Field(() => Int, { description: 'Minimum quantity.' })
  minQuantity!: number;

  @Field(() => Int, { nullable: true, description: 'Maximum quantity. Null for no limit.' })
  maxQuantity!: number | null;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The object has changed since the caller read it.',
})
export class VersionConflictError extends UserError {
  @Field(() => Int, { description: 'Current version of the object.' })
  currentVersion!: number;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'A cancellation of the subscription is already requested.',
})
export class CancellationAlreadyRequestedError extends UserError {
  /** Id of the open request, which `request` resolves. */
  requestId!: string;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The provider rejected the order. `message` has its reason.',
})
export class ProviderRejectedError extends UserError {
  @Field(() => Int, {
    nullable: true,
    description: 'Error code of the provider. Null if the provider sent none.',
  })
  providerCode!: number | null;
}
