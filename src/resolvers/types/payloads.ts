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

@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @Field(() => [UserError], {
    simple: true,
    description: 'Why nothing was done; empty where it was.',
  })
  errors!: readonly UserError[];
}

type Mutate<T> = (caller: ActorContext) => Promise<T>;

/** Defines the payload of mutations that return the record `key`. */
export function definePayload<T extends object>(
  key: string,
  record: ClassType<T>,
  description: string,
  { name = key, field = 'As it is now; null where nothing was done.' } = {},
) {
  @ObjectType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`, {
    simpleResolvers: true,
    description,
  })
  class RecordPayload extends Payload {
    static of(context: Context, mutate: Mutate<T | null>): Promise<RecordPayload> {
      const caller = mutationContext(context);
      return payloadOf<RecordPayload>({ [key]: null }, async () => ({ [key]: await mutate(caller) }));
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

export const BasketPayload = definePayload('basket', Basket, 'What became of a change of the basket.');
export const OrderPayload = definePayload('order', Order, 'What became of an order.');
export const CancellationRequestPayload = definePayload(
  'cancellationRequest',
  CancellationRequest,
  'What became of a cancellation request.',
);
export const OperationPayload = definePayload(
  'operation',
  ProvisioningOperation,
  'What became of an operation.',
);
export const SubscriptionPayload = definePayload(
  'subscription',
  CloudSubscription,
  'What became of a subscription.',
);

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
