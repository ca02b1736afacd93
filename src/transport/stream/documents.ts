import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
  visit,
} from 'graphql';

/** A document that has been parsed and found valid. */
export interface KnownDocument {
  id: number;
  document: DocumentNode;
  /** Variables that only say where in the stream a reader begins: no answer depends on them. */
  placeOnly: ReadonlySet<string>;
}

const MOST_CHARACTERS = 4 * 1024 * 1024;

/** Documents by their text, parsed and validated once for all connections that send them. */
export class Documents {
  private readonly known = new Map<string, KnownDocument>();
  private characters = 0;
  private lastId = 0;

  constructor(private readonly schema: GraphQLSchema) {}

  /** The document, or what is wrong with it. */
  read(text: string): KnownDocument | readonly GraphQLError[] {
    const known = this.known.get(text);
    if (known) return known;
    let document: DocumentNode;
    try {
      document = parse(text);
    } catch (error) {
      return [coded(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')];
    }
    const errors = validate(this.schema, document);
    if (errors.length > 0) return errors.map(error => coded(error, 'GRAPHQL_VALIDATION_FAILED'));
    return this.keep(text, document);
  }

  private keep(text: string, document: DocumentNode): KnownDocument {
    this.lastId += 1;
    const entry = { id: this.lastId, document, placeOnly: placeOnly(document) };
    this.known.set(text, entry);
    this.characters += text.length;
    for (const oldest of this.known.keys()) {
      if (this.characters <= MOST_CHARACTERS) break;
      this.known.delete(oldest);
      this.characters -= oldest.length;
    }
    return entry;
  }
}

function coded({ message, source, positions, nodes }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, {
    source: source ?? null,
    positions: positions ?? null,
    nodes: nodes ?? null,
    extensions: { code },
  });
}

/** The variables that are used once, as `after` of a subscription's own field. */
function placeOnly(document: DocumentNode): Set<string> {
  const uses = new Map<string, number>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      uses.set(name.value, (uses.get(name.value) ?? 0) + 1);
    },
  });
  const subscriptions = document.definitions.filter(
    (node): node is OperationDefinitionNode =>
      node.kind === Kind.OPERATION_DEFINITION && node.operation === 'subscription',
  );
  const found = new Set<string>();
  for (const { value } of subscriptions.flatMap(rootArguments)) {
    if (value.kind === Kind.VARIABLE && uses.get(value.name.value) === 1) found.add(value.name.value);
  }
  return found;
}

function rootArguments({ selectionSet }: OperationDefinitionNode) {
  return selectionSet.selections
    .flatMap(selection => (selection.kind === Kind.FIELD ? (selection.arguments ?? []) : []))
    .filter(({ name }) => name.value === 'after');
}
