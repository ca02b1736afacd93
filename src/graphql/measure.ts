import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { FormLimit } from './limits';

/** Size of a document by every limit. `circular` names a fragment that contains itself. */
export interface Measured extends Readonly<Record<Exclude<FormLimit, 'tokens' | 'characters'>, number>> {
  circular: string | null;
}

interface Size {
  depth: number;
  aliases: number;
  /** Fields at this level, through fragments. */
  here: number;
  fields: number;
  fragments: number;
}

const NOTHING: Size = { depth: 0, aliases: 0, here: 0, fields: 0, fragments: 0 };
const INTROSPECTION = new Set(['__schema', '__type']);

/**
 * Measures a document before it is validated, because validation itself can take seconds or exhaust the stack. Each
 * fragment is measured once, so the time is linear in the text although nested fragments multiply.
 */
export function measure({ definitions }: DocumentNode): Measured {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const sizes = new Map<string, Size>();
  const open = new Set<string>();
  let circular: string | null = null;

  const sizeOf = (set: SelectionSetNode): Size => set.selections.map(selectionSize).reduce(beside, NOTHING);

  const selectionSize = (node: SelectionNode): Size => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return spread(fragmentSize(node.name.value));
    if (node.kind === Kind.INLINE_FRAGMENT) return spread(sizeOf(node.selectionSet));
    const below = node.selectionSet ? sizeOf(node.selectionSet) : NOTHING;
    // graphql-js bounds the depth of introspection itself, and the standard query is deeper than any other document.
    const depth = INTROSPECTION.has(node.name.value) ? 1 : 1 + below.depth;
    const aliases = below.aliases + (node.alias ? 1 : 0);
    return { depth, aliases, here: 1, fields: 1 + below.fields, fragments: below.fragments };
  };

  const fragmentSize = (name: string): Size => {
    const known = sizes.get(name);
    const fragment = fragments.get(name);
    if (known || !fragment) return known ?? NOTHING;
    if (open.has(name)) {
      circular ??= name;
      return NOTHING;
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
    // Of operations only: a fragment on an introspection type has no bound on its depth here.
    measured.depth = Math.max(measured.depth, size.depth);
    const root = node.operation === OperationTypeNode.MUTATION ? 'rootMutations' : 'rootFields';
    measured[root] = Math.max(measured[root], size.here);
  }
  return { ...measured, circular };
}

const spread = (size: Size): Size => ({ ...size, fragments: size.fragments + 1 });

/** Sizes add up to 2^n in nested fragments; beyond this they are only "too many". */
const sum = (a: number, b: number): number => Math.min(a + b, Number.MAX_SAFE_INTEGER);

function beside(a: Size, b: Size): Size {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: sum(a.aliases, b.aliases),
    here: sum(a.here, b.here),
    fields: sum(a.fields, b.fields),
    fragments: sum(a.fragments, b.fragments),
  };
}
