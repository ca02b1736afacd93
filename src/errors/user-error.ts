import { Field, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { type UserErrorCode, userErrors } from './registry';

/** The codes as an enum for the schema: each is its own value. */
const UserErrorCodeEnum = Object.fromEntries(Object.keys(userErrors).map(code => [code, code])) as Record<
  UserErrorCode,
  UserErrorCode
>;

registerEnumType(UserErrorCodeEnum, {
  name: 'UserErrorCode',
  description: 'What went wrong, for programs. New codes may come: have a default branch.',
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
  @Field(() => UserErrorCodeEnum, { description: 'For programs.' })
  code!: UserErrorCode;

  @Field({ description: 'A sentence for a person: what is wrong and what to do.' })
  message!: string;

  @Field(() => [String], { nullable: true, description: 'Where in the input, or null.' })
  path!: string[] | null;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'An error that needs no data of its own.',
})
export class SimpleError extends UserError {}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The recipient has a live subscription of a service that allows one at a time.',
})
export class ActiveSubscriptionExistsError extends UserError {
  /** Resolved to the subscription where the viewer may see it. */
  subscriptionId!: string | null;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'A quantity is outside what the service or the add-on allows.',
})
export class QuantityLimitError extends UserError {
  @Field(() => Int, { description: 'The least that is allowed.' })
  minQuantity!: number;

  @Field(() => Int, { nullable: true, description: 'The most that is allowed; null means no bound.' })
  maxQuantity!: number | null;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'It has changed since it was read.',
})
export class VersionConflictError extends UserError {
  @Field(() => Int, { description: 'The version that it has now.' })
  currentVersion!: number;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'A cancellation of the subscription is already requested.',
})
export class CancellationAlreadyRequestedError extends UserError {
  /** Resolved to the open request. */
  requestId!: string;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The provider would not accept the order.',
})
export class ProviderRejectedError extends UserError {
  @Field(() => Int, { nullable: true, description: "The provider's own code." })
  providerCode!: number | null;
}
