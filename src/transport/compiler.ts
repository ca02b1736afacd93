import type { DocumentNode, GraphQLSchema } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';

/** Carries out one operation. */
export type Execute = CompiledQuery['query'];

/** Compiled operations that are kept; compiling one costs less than the interpreter takes for a page of a list. */
const MOST = 1000;

/**
 * Compiled operations by document, the last used kept longest. The document is the gate's own copy, which it keeps as
 * long as the text is in use, so there is nothing to hash here.
 */
export class Compiler {
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
    const made = compileQuery(this.schema, document, operation, {
      // What the tables and TypeScript say is a text, a number or a word of an enum is sent as it is.
      disableLeafSerialization: true,
    });
    const execute = isCompiledQuery(made) ? made.query : null;
    const kept = this.operations.get(document) ?? new Map<string, Execute | null>();
    this.operations.set(document, kept.set(operation, execute));
    const [oldest] = this.operations.keys();
    if (oldest && this.operations.size > MOST) this.operations.delete(oldest);
    return execute;
  }
}
