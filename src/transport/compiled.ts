import type { ApolloServerPlugin, GraphQLRequestContextResponseForOperation } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { type DocumentNode, type ExecutionResult, type GraphQLSchema, OperationTypeNode } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { buildGraph } from '../resolvers/schema';
import type { Context } from '../services/context';
import { logUnexpected } from './errors';
import { deprecatedIn } from './observe/deprecated';
import { isPublic, type OnPublic, withoutCaller } from './public-documents';

type Execute = CompiledQuery['query'];

/** Compiled operations that are kept; compiling one costs less than the interpreter takes for a page of a list. */
const MOST = 1000;

/**
 * Compiled operations by document, the last used kept longest. The document is Apollo's own copy, which it keeps as long
 * as the text is in use, so there is nothing to hash here.
 */
class Compiler {
  private readonly operations = new Map<DocumentNode, Map<string, Execute | null>>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Null where the interpreter has to do it, for what cannot be compiled. */
  compiled(document: DocumentNode, operation: string): Execute | null {
    const kept = this.operations.get(document);
    const known = kept?.get(operation);
    if (kept && known !== undefined) {
      this.operations.delete(document);
      this.operations.set(document, kept);
      return known;
    }
    return this.compile(document, operation);
  }

  private compile(document: DocumentNode, operation: string): Execute | null {
    const made = compileQuery(this.schema, document, operation);
    const execute = isCompiledQuery(made) ? made.query : null;
    const kept = this.operations.get(document) ?? new Map<string, Execute | null>();
    this.operations.set(document, kept.set(operation, execute));
    const [oldest] = this.operations.keys();
    if (oldest && this.operations.size > MOST) this.operations.delete(oldest);
    return execute;
  }
}

/**
 * Executes with compiled code; the interpreter does what cannot be compiled. What selects public fields alone is executed
 * without the caller, and `onPublic` is told, for such an answer may be kept.
 */
export function compiledExecution(onPublic: OnPublic): ApolloServerPlugin<Context> {
  // A copy of its own: a plugin that watches fields changes the resolvers of the schema that Apollo has.
  const schema = buildGraph();
  const compiler = new Compiler(schema);

  const respond = async ({
    document,
    operation,
    operationName,
    request,
    contextValue,
  }: GraphQLRequestContextResponseForOperation<Context>) => {
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) return null;
    const execute = compiler.compiled(document, operationName ?? '');
    if (!execute) return null;
    const shared = isPublic(schema, document) ? withoutCaller(contextValue) : undefined;
    const given = shared ?? contextValue;
    const result = (await execute(undefined, given, request.variables)) as ExecutionResult;
    // Nothing was executed: the variables do not fit, and the interpreter says so in the words of the specification.
    if (!('data' in result)) return null;
    if (result.errors) logUnexpected(contextValue.log, result.errors);
    // The use of what is deprecated is counted, so it is never answered from memory.
    else if (shared && deprecatedIn(schema, document).length === 0)
      onPublic(contextValue, shared.catalog.current);
    return {
      http: { headers: new HeaderMap() },
      body: { kind: 'single' as const, singleResult: result as never },
    };
  };
  return { requestDidStart: async () => ({ responseForOperation: respond }) };
}
