import { type ClassType, Field, Mutation, ObjectType, Query } from 'type-graphql';
import { Refusal, UserError } from '../../errors';
import { type ActorContext, type Context, mutationContext } from '../../services/context';

@ObjectType({ simpleResolvers: true })
abstract class Payload {
  @Field(() => [UserError], {
    simple: true,
    description: 'Reasons the mutation was rejected. Empty on success.',
  })
  errors!: readonly UserError[];
}

/** Field of a payload. Nullable unless `required`, because a rejected mutation returns errors only. */
interface PayloadField {
  type: () => unknown;
  description: string;
  required?: true;
}

/** Fields of a payload by name. */
export type PayloadFields = Readonly<Record<string, PayloadField>>;

/** Field with the object that a mutation changed. */
export const changedObject = (
  record: ClassType,
  description = 'Object after the change. Null if the mutation was rejected.',
): PayloadField => ({ type: () => record, description });

/** Declares a mutation and its payload, which is named after it: `CheckoutPayload` of `checkout`. */
export function PayloadMutation(fields: PayloadFields, description: string): MethodDecorator {
  return (resolver, method, descriptor) => {
    const payload = definePayload(String(method), fields);
    Mutation(() => payload, { description })(resolver, method, descriptor);
  };
}

/** Declares a query that answers with a payload, because its refusals are data like those of the mutation that it previews. */
export function PayloadQuery(fields: PayloadFields, description: string): MethodDecorator {
  return (resolver, method, descriptor) => {
    const payload = definePayload(String(method), fields);
    Query(() => payload, { description })(resolver, method, descriptor);
  };
}

function definePayload(mutation: string, fields: PayloadFields): ClassType {
  @ObjectType(`${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Payload`, {
    simpleResolvers: true,
    description: `Result of \`${mutation}\`.`,
  })
  class MutationPayload extends Payload {}
  for (const [name, { type, description, required = false }] of Object.entries(fields)) {
    Field(type as () => ClassType, { nullable: !required, description })(MutationPayload.prototype, name);
  }
  return MutationPayload;
}

/** Values of a payload. They are absent if the mutation was rejected. */
export type PayloadOf<T> = Partial<T> & { errors: readonly UserError[] };

/** Payload of a mutation: the result of `work`, or the errors of its refusal, whose other fields default to null. */
export async function payloadOf<T extends object>(
  work: () => Promise<T>,
  refused: Partial<T> = {},
): Promise<PayloadOf<T>> {
  try {
    return { ...(await work()), errors: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...refused, errors: error.errors };
  }
}

/** Builds the payload with the object that `mutate` resolves to in the field `key`. */
export function objectPayload<T extends object>(
  key: string,
  context: Context,
  mutate: (caller: ActorContext) => Promise<T | null>,
): Promise<PayloadOf<Record<string, T | null>>> {
  const caller = mutationContext(context);
  return payloadOf(async () => ({ [key]: await mutate(caller) }));
}

/** Builds the payloads of mutations that resolve to the id of the object in the field `key`. */
export function loadedPayload<T extends object>(
  key: string,
  load: (caller: ActorContext, id: string) => Promise<T | null> | T | undefined,
) {
  return (context: Context, mutate: (caller: ActorContext) => Promise<string>) =>
    objectPayload(key, context, async caller => (await load(caller, await mutate(caller))) ?? null);
}
