import { type ClassType, Field, ObjectType } from 'type-graphql';
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
import { type ActorContext, type Context, mutationContext } from '../../services/context';
import { Optional } from './fields';

@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @Field(() => [UserError], {
    simple: true,
    description: 'Reasons the mutation was rejected. Empty on success.',
  })
  errors!: readonly UserError[];
}

type Mutate<T> = (caller: ActorContext) => Promise<T>;

/** Defines the payload of mutations that return the record `key`. */
export function definePayload<T extends object>(
  key: string,
  record: ClassType<T>,
  description: string,
  { name = key, field = 'Object after the change. Null if the mutation was rejected.' } = {},
) {
  @ObjectType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`, {
    simpleResolvers: true,
    description,
  })
  class RecordPayload extends Payload {
    static of(context: Context, mutate: Mutate<T | null>): Promise<RecordPayload> {
      const caller = mutationContext(context);
      return payloadOf<RecordPayload>(async () => ({ [key]: await mutate(caller) }));
    }

    /** For mutations that resolve to the id of the record. */
    static byId(load: (caller: ActorContext, id: string) => Promise<T | null> | T | undefined) {
      return (context: Context, mutate: Mutate<string>): Promise<RecordPayload> =>
        RecordPayload.of(context, async caller => (await load(caller, await mutate(caller))) ?? null);
    }
  }
  Field(() => record, nullable(field))(RecordPayload.prototype, key);
  return RecordPayload;
}

export const BasketPayload = definePayload('basket', Basket, 'Result of a mutation of the basket.');
export const OrderPayload = definePayload('order', Order, 'Result of a mutation of an order.');
export const CancellationRequestPayload = definePayload(
  'cancellationRequest',
  CancellationRequest,
  'Result of a mutation of a cancellation request.',
);
export const OperationPayload = definePayload(
  'operation',
  ProvisioningOperation,
  'Result of a mutation of a provisioning operation.',
);
export const SubscriptionPayload = definePayload(
  'subscription',
  CloudSubscription,
  'Result of a mutation of a subscription.',
);

@SimpleType('Tokens of a session and its user.')
export class SignInPayload extends Payload {
  @Optional(
    () => String,
    'Access token. Send it as `Authorization: Bearer <token>`. Null if the mutation was rejected.',
  )
  token!: string | null;

  @Optional(() => DateTimeScalar, 'Expiry time of the access token. Null if the mutation was rejected.')
  expiresAt!: Date | null;

  @Optional(
    () => String,
    'Refresh token, valid once. Pass it to `refreshToken` to continue the session. Null if the mutation was rejected.',
  )
  refreshToken!: string | null;

  @Optional(() => User, 'Signed-in user. Null if the mutation was rejected.')
  viewer!: User | null;
}

/** Payload of a mutation: the result of `work`, or the errors of its refusal, whose other fields default to null. */
export async function payloadOf<T extends Payload>(
  work: () => Promise<Omit<T, 'errors'>>,
  refused: Partial<T> = {},
): Promise<T> {
  try {
    return { ...(await work()), errors: [] } as unknown as T;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...refused, errors: error.errors } as unknown as T;
  }
}
