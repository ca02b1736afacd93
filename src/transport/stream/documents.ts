import { type DocumentNode, Kind, type OperationDefinitionNode, visit } from 'graphql';

/** What streams have to know of a document. */
export interface KnownDocument {
  id: number;
  /** Variables that only say where in the stream a reader begins: no answer depends on them. */
  placeOnly: ReadonlySet<string>;
}

const known = new WeakMap<DocumentNode, KnownDocument>();
let lastId = 0;

/** Looks at a document once for all connections that send it: the gate gives the same one for the same text. */
export function knownDocument(document: DocumentNode): KnownDocument {
  const found = known.get(document);
  if (found) return found;
  lastId += 1;
  const entry = { id: lastId, placeOnly: placeOnly(document) };
  known.set(document, entry);
  return entry;
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
