import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { FormLimit } from './limits';

/** Size of a document by each limit. `circular` is the name of a fragment that contains itself. */
export interface DocumentSize extends Readonly<Record<Exclude<FormLimit, 'tokens' | 'characters'>, number>> {
  circular: string | null;
}

interface SelectionSize {
  depth: number;
  aliases: number;
  /** Fields at this level, fragments expanded. */
  here: number;
  fields: number;
  fragments: number;
}

const EMPTY: SelectionSize = { depth: 0, aliases: 0, here: 0, fields: 0, fragments: 0 };
const INTROSPECTION = new Set(['__schema', '__type']);

/** Measures a document before validation, which can overflow the stack. Linear: each fragment is measured once. */
export function measureDocument({ definitions }: DocumentNode): DocumentSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const sizes = new Map<string, SelectionSize>();
  const open = new Set<string>();
  let circular: string | null = null;

  const sizeOf = (set: SelectionSetNode): SelectionSize =>
    set.selections.map(selectionSize).reduce(addSizes, EMPTY);

  const selectionSize = (node: SelectionNode): SelectionSize => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return withFragment(fragmentSize(node.name.value));
    if (node.kind === Kind.INLINE_FRAGMENT) return withFragment(sizeOf(node.selectionSet));
    const below = node.selectionSet ? sizeOf(node.selectionSet) : EMPTY;
    // graphql-js limits the depth of introspection itself, and the standard query is deeper than the limit.
    const depth = INTROSPECTION.has(node.name.value) ? 1 : 1 + below.depth;
    const aliases = below.aliases + (node.alias ? 1 : 0);
    return { depth, aliases, here: 1, fields: 1 + below.fields, fragments: below.fragments };
  };

  const fragmentSize = (name: string): SelectionSize => {
    const known = sizes.get(name);
    const fragment = fragments.get(name);
    if (known || !fragment) return known ?? EMPTY;
    if (open.has(name)) {
      circular ??= name;
      return EMPTY;
    }
    open.add(name);
    const size = sizeOf(fragment.selectionSet);
    open.delete(name);
    sizes.set(name, size);
    return size;
  };

  const measured = {
    depth: 0,
    aliases: 0,
    rootFields: 0,
    rootMutations: 0,
    fields: 0,
    fragments: 0,
    operations: 0,
  };
  for (const node of definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION && node.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const isOperation = node.kind === Kind.OPERATION_DEFINITION;
    const size = isOperation ? sizeOf(node.selectionSet) : fragmentSize(node.name.value);
    // An unused fragment is validated too.
    measured.fields += size.fields;
    measured.aliases += size.aliases;
    measured.fragments += size.fragments;
    if (!isOperation) continue;
    measured.operations += 1;
    // Depth of operations only: fragments on introspection types are deeper.
    measured.depth = Math.max(measured.depth, size.depth);
    const root = node.operation === OperationTypeNode.MUTATION ? 'rootMutations' : 'rootFields';
    measured[root] = Math.max(measured[root], size.here);
  }
  return { ...measured, circular };
}

const withFragment = (size: SelectionSize): SelectionSize => ({ ...size, fragments: size.fragments + 1 });

/** Adds saturating, because nested fragments multiply to 2^n. */
const sum = (a: number, b: number): number => Math.min(a + b, Number.MAX_SAFE_INTEGER);

function addSizes(a: SelectionSize, b: SelectionSize): SelectionSize {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: sum(a.aliases, b.aliases),
    here: sum(a.here, b.here),
    fields: sum(a.fields, b.fields),
    fragments: sum(a.fragments, b.fragments),
  };
}
