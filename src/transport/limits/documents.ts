import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { requestError } from '../../errors';
import { COUNTED, type FormLimit, LIMITS } from './limits';
import { measure } from './measure';

/** A document that may be executed, or why it may not; `tooMuch` where a limit says so and not the language. */
export type Checked =
  | { document: DocumentNode; errors?: undefined }
  | { document?: undefined; errors: readonly GraphQLError[]; tooMuch: boolean };

/** Texts that are remembered, and how long they may be: what is not short is not sent often. */
const MOST = 1000;
const LONGEST = 8 * 1024;
/** Validation ends after so many errors. */
const MOST_ERRORS = 20;

/**
 * Parses and validates documents within the limits, for every transport, and remembers those that are good: the same
 * text gives the same `DocumentNode`.
 */
export class Documents {
  private readonly known = new Map<string, DocumentNode>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** One that is remembered. */
  find(text: string): DocumentNode | undefined {
    return this.known.get(text);
  }

  check(text: string): Checked {
    const known = this.known.get(text);
    if (known) {
      this.known.delete(text);
      this.known.set(text, known);
      return { document: known };
    }
    const checked = this.read(text);
    if (checked.document && text.length <= LONGEST) this.keep(text, checked.document);
    return checked;
  }

  private read(text: string): Checked {
    const document = parseWithin(text);
    if (document instanceof GraphQLError) {
      return { errors: [document], tooMuch: document.extensions.code === 'LIMIT_EXCEEDED' };
    }
    const tooMuch = exceeded(document);
    if (tooMuch) return { errors: [tooMuch], tooMuch: true };
    const errors = validate(this.schema, document, specifiedRules, { maxErrors: MOST_ERRORS });
    return errors.length > 0 ? { errors: errors.map(invalid), tooMuch: false } : { document };
  }

  private keep(text: string, document: DocumentNode): void {
    this.known.set(text, document);
    const [oldest] = this.known.keys();
    if (oldest !== undefined && this.known.size > MOST) this.known.delete(oldest);
  }
}

function parseWithin(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxTokens: LIMITS.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) return tooMuch('tokens');
    if (/more tha[nt] \d+ tokens/i.test(error.message)) return tooMuch('tokens');
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
  const limits = Object.keys(COUNTED) as FormLimit[];
  const limit = limits.find(name => name !== 'tokens' && measured[name] > LIMITS[name]);
  return limit && limit !== 'tokens' ? tooMuch(limit, measured[limit]) : undefined;
}

function tooMuch(limit: FormLimit, found?: number): GraphQLError {
  const most = LIMITS[limit];
  const much = found === undefined ? `more than ${most} ${COUNTED[limit]}` : `${found} ${COUNTED[limit]}`;
  return new GraphQLError(
    `The document has ${much}; ${most} are allowed. Ask for less, or in several documents.`,
    { extensions: { code: 'LIMIT_EXCEEDED', limit, most, ...(found !== undefined && { found }) } },
  );
}
