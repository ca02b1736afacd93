import { Field, ObjectType } from 'type-graphql';
import {
  Basket,
  CancellationRequest,
  CloudSubscription,
  DateTimeScalar,
  nullable,
  Order,
  ProvisioningOperation,
  SimpleType,
  User,
} from '../../entities';
import { Refusal, UserError } from '../../errors';

@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @Field(() => [UserError], {
    simple: true,
    description: 'Why nothing was done; empty where it was.',
  })
  errors!: readonly UserError[];
}

const CHANGED_RECORD = 'As it is now; null where nothing was done.';

@SimpleType('What became of a change of the basket.')
export class BasketPayload extends Payload {
  @Field(() => Basket, nullable(CHANGED_RECORD))
  basket!: Basket | null;
}

@SimpleType('What became of an order.')
export class OrderPayload extends Payload {
  @Field(() => Order, nullable(CHANGED_RECORD))
  order!: Order | null;
}

@SimpleType('What became of a cancellation request.')
export class CancellationRequestPayload extends Payload {
  @Field(() => CancellationRequest, nullable(CHANGED_RECORD))
  cancellationRequest!: CancellationRequest | null;
}

@SimpleType('What became of an operation.')
export class OperationPayload extends Payload {
  @Field(() => ProvisioningOperation, nullable(CHANGED_RECORD))
  operation!: ProvisioningOperation | null;
}

@SimpleType('What became of a subscription.')
export class SubscriptionPayload extends Payload {
  @Field(() => CloudSubscription, nullable(CHANGED_RECORD))
  subscription!: CloudSubscription | null;
}

@SimpleType('A signed-in user and its bearer token.')
export class SignInPayload extends Payload {
  @Field(() => String, nullable('For `Authorization: Bearer …`.'))
  token!: string | null;

  @Field(() => DateTimeScalar, nullable('When the token ends.'))
  expiresAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Good once, for `refreshToken`: goes on with the session when the token has ended.',
  })
  refreshToken!: string | null;

  @Field(() => User, nullable('Who has signed in.'))
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
