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
import { measure } from './measure';

/** A document that is valid and within the limits. */
export interface KnownDocument {
  /** Unique in this process. */
  readonly id: number;
  readonly text: string;
  readonly document: DocumentNode;
  readonly operations: readonly OperationDefinitionNode[];
  /** Names of the variables that `@skip` and `@include` read, by which its plans differ. */
  readonly switches: readonly string[];
  /** Whether it is found again by its text. */
  readonly isKept: boolean;
}

/** Bound on all documents that are kept, in bytes of heap. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Heap that a document takes for each character of its text (measured: 52), and at least. */
const BYTES_PER_CHARACTER = 60;
const OVERHEAD = 2048;
/** A longer text is not kept: it is rarely sent twice. */
const LONGEST = 8 * 1024;
/** Validation stops after this number of errors. */
const MOST_ERRORS = 20;

/** Parses and validates documents within the limits and keeps the valid ones, bounded in bytes, by their text. */
export class Documents {
  private readonly known = new LRUCache<string, KnownDocument>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ text }) => OVERHEAD + text.length * BYTES_PER_CHARACTER,
  });
  private lastId = 0;

  constructor(private readonly schema: GraphQLSchema) {}

  /** The document of this text, if it is kept. */
  find(text: string): KnownDocument | undefined {
    return this.known.get(text);
  }

  /** The document of this text, or every reason why it cannot be executed. */
  read(text: string): KnownDocument | readonly GraphQLError[] {
    const document = parseWithin(text);
    if (document instanceof GraphQLError) return [document];
    const exceeds = exceeded(document);
    if (exceeds) return [exceeds];
    const errors = validate(this.schema, document, specifiedRules, { maxErrors: MOST_ERRORS });
    if (errors.length > 0) return errors.map(invalid);
    const known = this.describe(text, document);
    if (known.isKept) this.known.set(text, known);
    return known;
  }

  private describe(text: string, document: DocumentNode): KnownDocument {
    this.lastId += 1;
    detachTokens(document);
    const operations = document.definitions.filter(node => node.kind === Kind.OPERATION_DEFINITION);
    const isKept = text.length <= LONGEST;
    return { id: this.lastId, text, document, operations, switches: switchesOf(document), isKept };
  }
}

/** The parser's locations hold every token of the text, comments included; errors need positions, and graphql-jit lines. */
function detachTokens(document: DocumentNode): void {
  const enter = (node: { loc?: Location | undefined }) => {
    if (!node.loc) return;
    const { start, end, source, startToken } = node.loc;
    const { line, column } = startToken;
    node.loc = { start, end, source, startToken: { line, column } } as Location;
  };
  visit(document, { enter: enter as never });
}

function switchesOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: node => {
      visit(node, { Variable: ({ name }) => void names.add(name.value) });
      return false;
    },
  });
  return [...names];
}

function parseWithin(text: string): DocumentNode | GraphQLError {
  if (text.length > LIMITS.characters) return exceedsLimit('characters', text.length);
  try {
    return parse(text, { maxTokens: LIMITS.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) return exceedsLimit('tokens');
    if (/more tha[nt] \d+ tokens/i.test(error.message)) return exceedsLimit('tokens');
    return withCode(error, 'GRAPHQL_PARSE_FAILED');
  }
}

const invalid = (error: GraphQLError) => withCode(error, 'GRAPHQL_VALIDATION_FAILED');

function withCode(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes = null, source = null, positions = null } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
}

/** The first limit that the document exceeds. */
function exceeded(document: DocumentNode): GraphQLError | undefined {
  const measured = measure(document);
  if (measured.circular !== null) {
    const message = `The fragment ${measured.circular} contains itself.`;
    return requestError('GRAPHQL_VALIDATION_FAILED', message);
  }
  const limits = Object.keys(measured).filter(name => name in LIMITS) as Exclude<
    FormLimit,
    'tokens' | 'characters'
  >[];
  const limit = limits.find(name => measured[name] > LIMITS[name]);
  return limit && exceedsLimit(limit, measured[limit]);
}

function exceedsLimit(limit: FormLimit, found?: number): GraphQLError {
  const most = LIMITS[limit];
  const much = found === undefined ? `more than ${most} ${COUNTED[limit]}` : `${found} ${COUNTED[limit]}`;
  return new GraphQLError(
    `The document has ${much}; ${most} are allowed. Select less, or send several documents.`,
    { extensions: { code: 'LIMIT_EXCEEDED', limit, most, ...(found !== undefined && { found }) } },
  );
}
