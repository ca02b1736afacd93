import type { ApolloServerPlugin, GraphQLRequestContextResponseForOperation } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { type ExecutionResult, OperationTypeNode } from 'graphql';
import type { Context } from '../services/context';
import type { Compiler } from './compiler';
import { logUnexpected } from './errors';

/** Executes with compiled code; the interpreter does what cannot be compiled. */
export function compiledExecution(compiler: Compiler): ApolloServerPlugin<Context> {
  const respond = async ({
    document,
    operation,
    operationName,
    request,
    contextValue,
  }: GraphQLRequestContextResponseForOperation<Context>) => {
    // Undefined, whatever its type says, where the document has no operation of this name; the interpreter tells so.
    if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return null;
    const execute = compiler.compiled(document, operationName ?? '');
    if (!execute) return null;
    const result = (await execute(undefined, contextValue, request.variables)) as ExecutionResult;
    // Nothing was executed: the variables do not fit, and the interpreter says so in the words of the specification.
    if (!('data' in result)) return null;
    if (result.errors) logUnexpected(contextValue.log, result.errors);
    return {
      http: { headers: new HeaderMap() },
      body: { kind: 'single' as const, singleResult: result as never },
    };
  };
  return { requestDidStart: async () => ({ responseForOperation: respond }) };
}
