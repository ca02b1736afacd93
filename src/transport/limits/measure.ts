import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { FormLimit } from './limits';

/** How much of everything a document has; `circular` names a fragment that contains itself. */
export interface Measured extends Readonly<Record<Exclude<FormLimit, 'tokens'>, number>> {
  circular: string | null;
}

interface Size {
  depth: number;
  aliases: number;
  /** At this level, through fragments. */
  here: number;
  fields: number;
}

const NOTHING: Size = { depth: 0, aliases: 0, here: 0, fields: 0 };
const INTROSPECTION = new Set(['__schema', '__type']);

/**
 * Measures a document before anything else looks at it, for validation itself can be made to take seconds, or to exhaust
 * the stack. Each fragment is measured once, so the time grows with the text whatever the text says.
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
    if (node.kind === Kind.FRAGMENT_SPREAD) return fragmentSize(node.name.value);
    if (node.kind === Kind.INLINE_FRAGMENT) return sizeOf(node.selectionSet);
    const below = node.selectionSet ? sizeOf(node.selectionSet) : NOTHING;
    // graphql-js bounds the depth of introspection by itself, and its usual document is deeper than any other.
    const depth = INTROSPECTION.has(node.name.value) ? 1 : 1 + below.depth;
    return { depth, aliases: below.aliases + (node.alias ? 1 : 0), here: 1, fields: 1 + below.fields };
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

  const measured = { depth: 0, aliases: 0, rootFields: 0, rootMutations: 0, fields: 0, operations: 0 };
  for (const node of definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION && node.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const isOperation = node.kind === Kind.OPERATION_DEFINITION;
    const size = isOperation ? sizeOf(node.selectionSet) : fragmentSize(node.name.value);
    // A fragment that is never used is validated all the same.
    measured.fields += size.fields;
    measured.aliases += size.aliases;
    if (!isOperation) continue;
    measured.operations += 1;
    // Of operations only: a fragment of introspection, which has no bound, is as deep as it is.
    measured.depth = Math.max(measured.depth, size.depth);
    const root = node.operation === OperationTypeNode.MUTATION ? 'rootMutations' : 'rootFields';
    measured[root] = Math.max(measured[root], size.here);
  }
  return { ...measured, circular };
}

function beside(a: Size, b: Size): Size {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    here: a.here + b.here,
    fields: a.fields + b.fields,
  };
}
