import { type GraphQLSchema, getOperationAST, getVariableValues, OperationTypeNode, parse } from 'graphql';
import { pino } from 'pino';
import { Manifest, Pipeline } from '../../src/graphql';
import { bind } from '../../src/graphql/bind';
import { Planner } from '../../src/graphql/planner';
import { catalogTypes, publicFields } from '../../src/resolvers/public-catalog';
import { usualSecurity } from './security';

/** The public part of the graph, as the application hands it over. */
export const publicGraph = { fields: publicFields, types: catalogTypes };

/** Every kind of operation, as WebSocket accepts them. */
export const EVERY_KIND = new Set(Object.values(OperationTypeNode));

/** A pipeline over `schema`, without a server. */
export function createPipeline(
  schema: GraphQLSchema,
  env: NodeJS.ProcessEnv = {},
  manifest = new Manifest([]),
  log = pino({ level: 'silent' }),
): Pipeline {
  return new Pipeline({ schema, settings: usualSecurity(env), manifest, publicGraph, log });
}

/** The plan of a document for these variables, and the values that it is executed with. */
export function planned(schema: GraphQLSchema, text: string, variables: Record<string, unknown> = {}) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('The document has no operation.');
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (!coerced) throw errors?.[0];
  const plan = new Planner(schema, document, coerced).plan(operation);
  return { plan, ...bind(plan, coerced) };
}
