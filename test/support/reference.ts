import { execute, GraphQLError, type GraphQLSchema, getVariableValues, parse, validate } from 'graphql';
import type { Context } from '../../src/services/context';

/** What graphql-js answers: the data as bytes, and the code of each error with its path. */
export interface Expected {
  data: string | undefined;
  errors: string[];
  /** Whether a variable has no usable value where it is used: the pipeline refuses the whole operation. */
  unfit: boolean;
  valid: boolean;
}

/** Answers a request with graphql-js and nothing of ours. */
export async function reference(
  schema: GraphQLSchema,
  { query, variables }: { query: string; variables: Record<string, unknown> },
  contextValue: Context,
): Promise<Expected> {
  const document = parse(query);
  const invalid = validate(schema, document);
  const [operation] = document.definitions;
  if (invalid.length > 0 || operation?.kind !== 'OperationDefinition') {
    return { data: undefined, errors: ['GRAPHQL_VALIDATION_FAILED'], unfit: false, valid: false };
  }
  const { errors: unfit } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (unfit) return { data: undefined, errors: unfit.map(() => 'BAD_USER_INPUT'), unfit: true, valid: true };
  const { data, errors = [] } = await execute({ schema, document, variableValues: variables, contextValue });
  return {
    data: JSON.stringify(data),
    errors: errors.map(error => describe(error)).sort(),
    unfit: errors.some(isOfArgument),
    valid: true,
  };
}

/** Errors of arguments and directives come from graphql-js itself, without a code. */
const isOfArgument = ({ originalError, extensions }: GraphQLError): boolean =>
  (originalError === undefined || originalError instanceof GraphQLError) && extensions.code === undefined;

const describe = ({ path, extensions }: GraphQLError): string =>
  `${path?.join('.') ?? ''} ${extensions.code ?? 'INTERNAL_SERVER_ERROR'}`;
