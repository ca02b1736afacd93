import { Field, ObjectType } from 'type-graphql';
import {
  Basket,
  CancellationRequest,
  CloudSubscription,
  DateTimeScalar,
  Order,
  ProvisioningOperation,
  User,
} from '../../entities';
import { Refusal, UserError } from '../../errors';

@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @Field(() => [UserError], {
    simple: true,
    description: 'Reasons the mutation was rejected. Empty on success.',
  })
  errors!: readonly UserError[];
}

const CHANGED_RECORD = 'Object after the change. Null if the mutation was rejected.';

@ObjectType({ simpleResolvers: true, description: 'Result of a mutation of the basket.' })
export class BasketPayload extends Payload {
  @Field(() => Basket, { nullable: true, description: CHANGED_RECORD })
  basket!: Basket | null;
}

@ObjectType({ simpleResolvers: true, description: 'Result of a mutation of an order.' })
export class OrderPayload extends Payload {
  @Field(() => Order, { nullable: true, description: CHANGED_RECORD })
  order!: Order | null;
}

@ObjectType({ simpleResolvers: true, description: 'Result of a mutation of a cancellation request.' })
export class CancellationRequestPayload extends Payload {
  @Field(() => CancellationRequest, { nullable: true, description: CHANGED_RECORD })
  cancellationRequest!: CancellationRequest | null;
}

@ObjectType({ simpleResolvers: true, description: 'Result of a mutation of a provisioning operation.' })
export class OperationPayload extends Payload {
  @Field(() => ProvisioningOperation, { nullable: true, description: CHANGED_RECORD })
  operation!: ProvisioningOperation | null;
}

@ObjectType({ simpleResolvers: true, description: 'Result of a mutation of a subscription.' })
export class SubscriptionPayload extends Payload {
  @Field(() => CloudSubscription, { nullable: true, description: CHANGED_RECORD })
  subscription!: CloudSubscription | null;
}

@ObjectType({ simpleResolvers: true, description: 'Tokens of a session and its user.' })
export class SignInPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description:
      'Access token. Send it as `Authorization: Bearer <token>`. Null if the mutation was rejected.',
  })
  token!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Expiry time of the access token. Null if the mutation was rejected.',
  })
  expiresAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Refresh token, valid once. Pass it to `refreshToken` to continue the session. Null if the mutation was rejected.',
  })
  refreshToken!: string | null;

  @Field(() => User, { nullable: true, description: 'Signed-in user. Null if the mutation was rejected.' })
  viewer!: User | null;
}

/** Builds the payload of a mutation from the result of `work`, or `nothing` with the errors of its refusal. */
export async function payloadOf<T extends object>(
  nothing: Omit<T, 'errors'>,
  work: () => Promise<Omit<T, 'errors'>>,
): Promise<T> {
  try {
    return { ...(await work()), errors: [] } as unknown as T;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...nothing, errors: error.errors } as unknown as T;
  }
}
