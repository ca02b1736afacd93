import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type Location,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { requestError } from '../errors';
import { COUNTED, type FormLimit, LIMITS } from './limits';
import { measureDocument } from './measure-document';

/** Document that is valid and within the limits. */
export interface ValidDocument {
  /** Unique in this process. */
  readonly id: number;
  readonly text: string;
  /** Syntax tree of the document. */
  readonly ast: DocumentNode;
  readonly operations: readonly OperationDefinitionNode[];
  /** Names of the variables in `@skip` and `@include`, by which the plans of the document differ. */
  readonly directiveVariables: readonly string[];
  /** Whether the document is cached by its text. */
  readonly isCacheable: boolean;
}

/** Maximum size of all cached documents, in bytes of heap. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Heap of a document per character of its text (measured: 52), and per document. */
const BYTES_PER_CHARACTER = 60;
const ENTRY_BYTES = 2048;
/** Maximum length of a cached document. Longer ones are rarely sent twice. */
const MAX_CACHED_LENGTH = 8 * 1024;
/** Maximum validation errors of one document. */
const MAX_ERRORS = 20;

/** Parses, limits and validates documents. Caches valid ones by their text, bounded in bytes. */
export class DocumentCache {
  private readonly documents = new LRUCache<string, ValidDocument>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ text }) => ENTRY_BYTES + text.length * BYTES_PER_CHARACTER,
  });
  private lastId = 0;

  constructor(private readonly schema: GraphQLSchema) {}

  /** Returns the cached document of this text. */
  find(text: string): ValidDocument | undefined {
    return this.documents.get(text);
  }

  /** Returns the document of this text, or its errors. */
  parseAndValidate(text: string): ValidDocument | readonly GraphQLError[] {
    const document = parseWithinLimits(text);
    if (document instanceof GraphQLError) return [document];
    const exceeds = exceededLimit(document);
    if (exceeds) return [exceeds];
    const errors = validate(this.schema, document, specifiedRules, { maxErrors: MAX_ERRORS });
    if (errors.length > 0) return errors.map(invalid);
    const known = this.toValidDocument(text, document);
    if (known.isCacheable) this.documents.set(text, known);
    return known;
  }

  private toValidDocument(text: string, ast: DocumentNode): ValidDocument {
    this.lastId += 1;
    detachTokens(ast);
    const operations = ast.definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION);
    const isCacheable = text.length <= MAX_CACHED_LENGTH;
    return {
      id: this.lastId,
      text,
      ast,
      operations,
      directiveVariables: directiveVariablesOf(ast),
      isCacheable,
    };
  }
}

/** Replaces locations, which hold every token of the text. Errors need positions, and graphql-jit needs lines. */
function detachTokens(document: DocumentNode): void {
  const enter = (node: { loc?: Location | undefined }) => {
    if (!node.loc) return;
    const { start, end, source, startToken } = node.loc;
    const { line, column } = startToken;
    node.loc = { start, end, source, startToken: { line, column } } as Location;
  };
  visit(document, { enter: enter as never });
}

function directiveVariablesOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: node => {
      visit(node, { Variable: ({ name }) => void names.add(name.value) });
      return false;
    },
  });
  return [...names];
}

function parseWithinLimits(text: string): DocumentNode | GraphQLError {
  if (text.length > LIMITS.characters) return limitExceeded('characters', text.length);
  try {
    return parse(text, { maxTokens: LIMITS.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) return limitExceeded('tokens');
    if (/more tha[nt] \d+ tokens/i.test(error.message)) return limitExceeded('tokens');
    return withCode(error, 'GRAPHQL_PARSE_FAILED');
  }
}

const invalid = (error: GraphQLError) => withCode(error, 'GRAPHQL_VALIDATION_FAILED');

function withCode(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes = null, source = null, positions = null } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}

/** Error for the first limit that the document exceeds. */
function exceededLimit(document: DocumentNode): GraphQLError | undefined {
  const size = measureDocument(document);
  if (size.circular !== null) {
    const message = `The fragment ${size.circular} contains itself.`;
    return requestError('GRAPHQL_VALIDATION_FAILED', message);
  }
  const limits = Object.keys(size).filter(name => name in LIMITS) as Exclude<
    FormLimit,
    'tokens' | 'characters'
  >[];
  const limit = limits.find(name => size[name] > LIMITS[name]);
  return limit && limitExceeded(limit, size[limit]);
}

function limitExceeded(limit: FormLimit, found?: number): GraphQLError {
  const most = LIMITS[limit];
  const excess = found === undefined ? `more than ${most} ${COUNTED[limit]}` : `${found} ${COUNTED[limit]}`;
  return new GraphQLError(
    `The document has ${excess}; ${most} are allowed. Select less, or send several documents.`,
    { extensions: { code: 'LIMIT_EXCEEDED', limit, most, ...(found !== undefined && { found }) } },
  );
}
