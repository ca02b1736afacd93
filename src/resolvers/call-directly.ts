import type { GraphQLFieldResolver, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import type { Context } from '../services/context';
import { instanceMaker } from './input-instances';

type Args = Readonly<Record<string, unknown>>;
type Resolve = GraphQLFieldResolver<unknown, Context, Args>;
type Method = (...params: unknown[]) => unknown;
type Storage = ReturnType<typeof getMetadataStorage>;
type FieldResolver = Storage['fieldResolvers'][number];
type Resolver = FieldResolver | Storage['queries'][number];
type Param = NonNullable<Resolver['params']>[number];
/** Reads one parameter of a method. */
type Read = (root: unknown, args: Args, context: Context) => unknown;

/**
 * Calls the methods of queries and field resolvers directly: type-graphql copies parameters at every call and returns a
 * promise where a method has arguments, the most work of a page.
 */
export function callDirectly(schema: GraphQLSchema): GraphQLSchema {
  const { fieldResolvers, objectTypes, queries } = getMetadataStorage();
  const names = new Map(objectTypes.map(({ target, name }) => [target, name]));
  for (const resolver of queries) replace(schema.getQueryType(), resolver, call => call);
  for (const resolver of fieldResolvers) {
    const owner = resolver.getObjectType?.() as (new () => object) | undefined;
    if (resolver.kind !== 'external' || !owner) continue;
    const type = schema.getType(names.get(owner) ?? '') as GraphQLObjectType | undefined;
    // What is not of the class yet is made one by type-graphql.
    replace(
      type,
      resolver,
      (call, usual) => (root, args, context, info) =>
        (root instanceof owner ? call : usual)(root, args, context, info),
    );
  }
  return schema;
}

function replace(
  type: GraphQLObjectType | null | undefined,
  resolver: Resolver,
  choose: (call: Resolve, usual: Resolve) => Resolve,
): void {
  const field = type?.getFields()[resolver.schemaName];
  const call = callOf(resolver);
  if (field?.resolve && call) field.resolve = choose(call, field.resolve as Resolve) as typeof field.resolve;
}

/** Returns a resolver that calls the method. Undefined if type-graphql has to: for middlewares, roles and other parameters. */
function callOf({ target, methodName, params = [], middlewares = [], roles }: Resolver): Resolve | undefined {
  const reads = params.toSorted((a, b) => a.index - b.index).map(readerOf);
  if (!reads.every(read => read !== undefined) || middlewares.length > 0 || roles) return undefined;
  const resolver = new (target as new () => Record<string, Method>)();
  const method = resolver[methodName]?.bind(resolver) as Method;
  const [first, second, third, ...others] = reads;
  if (!first) return () => method();
  if (!second) return (root, args, context) => method(first(root, args, context));
  if (!third) return (root, args, context) => method(first(root, args, context), second(root, args, context));
  return (root, args, context) =>
    method(
      first(root, args, context),
      second(root, args, context),
      third(root, args, context),
      ...others.map(read => read(root, args, context)),
    );
}

function readerOf(param: Param): Read | undefined {
  switch (param.kind) {
    case 'root':
      return param.propertyName ? undefined : root => root;
    case 'context':
      return param.propertyName ? undefined : (_, __, context) => context;
    case 'arg': {
      const { name } = param;
      const make = instanceMaker(param.getType());
      return (_, args) => make(args[name]);
    }
    case 'args': {
      const make = instanceMaker(param.getType());
      return (_, args) => make(args);
    }
    default:
      return undefined;
  }
}
