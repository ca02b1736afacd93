import type { GraphQLArgument, GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { requestError } from '../errors';
import { type Callers, findUndecided, hasRole, roots } from '../policies';
import { type Context, requireActor } from '../services/context';
import { parseIds } from './parse-ids';

function check(callers: Callers, context: Context): void {
  if (callers === 'anyone') return;
  const { actor } = requireActor(context);
  if (callers !== 'signedIn' && !hasRole(actor, ...callers)) throw requestError('FORBIDDEN');
}

type Resolve = GraphQLFieldResolver<unknown, Context>;

const guarded =
  (callers: Callers, types: readonly GraphQLArgument[], resolve: Resolve): Resolve =>
  (source, args, context, info) => {
    check(callers, context);
    return resolve(source, types.length > 0 ? parseIds(args, types) : args, context, info);
  };

/** Puts the policies in front of every root field. Refuses a schema with anything undecided: fail closed. */
export function guard(schema: GraphQLSchema): GraphQLSchema {
  const forgotten = findUndecided(schema);
  if (forgotten.length > 0) throw new Error(`The policies do not fit the schema: ${forgotten.join('; ')}.`);
  for (const [root, rules] of Object.entries(roots)) {
    const own = schema.getType(root) as ReturnType<GraphQLSchema['getQueryType']>;
    for (const field of Object.values(own?.getFields() ?? {})) {
      const callers = rules[field.name] ?? [];
      // A stream is asked for once, when it begins; what it sends is asked for at each message.
      if (field.subscribe) field.subscribe = guarded(callers, field.args, field.subscribe as Resolve);
      else if (field.resolve) field.resolve = guarded(callers, field.args, field.resolve as Resolve);
      else throw new Error(`${root}.${field.name} has no resolver to guard.`);
    }
  }
  return schema;
}
