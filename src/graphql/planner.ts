import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { COERCED } from './execution-schema';
import type { ArgumentSlot, Plan, SelectedField, Selection, Variables } from './plan';
import { argumentNodes, slotOf, variableNode } from './slots';
import { alternatives, type Composite, fieldOf, narrow, typeBelow } from './types';

/** Field with the concrete types that it applies to. Undefined for all types. */
interface Found {
  field: SelectedField;
  types: ReadonlySet<string> | undefined;
}

let lastId = 0;

/** Plans one operation of a validated document. */
export class Planner {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly slots: ArgumentSlot[] = [];
  private readonly fields = new Set<string>();
  private nodes = 0;

  /** @param variables Coerced variables. Only those in directives are used. */
  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
    private readonly variables: Variables,
  ) {
    for (const node of definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(node.name.value, node);
    }
  }

  /** Plans the operation. Throws a GraphQLError if a directive has no usable value. */
  plan({ operation: kind, name, loc, selectionSet: set }: OperationDefinitionNode): Plan {
    const root = this.schema.getRootType(kind);
    if (!root) throw new GraphQLError(`The schema has no ${kind}.`);
    const [selectionSet, selection] = this.planSet(set, root);
    const variables = this.slots.flatMap(slot => Object.values(slot.variables));
    const operation: OperationDefinitionNode = {
      kind: Kind.OPERATION_DEFINITION,
      operation: kind,
      ...(loc && { loc }),
      ...(name && { name }),
      variableDefinitions: variables.map(variable => ({
        kind: Kind.VARIABLE_DEFINITION,
        variable: variableNode(variable),
        type: COERCED,
      })),
      selectionSet,
    };
    lastId += 1;
    const { slots, fields, nodes } = this;
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation] };
    return { id: lastId, document, kind, name: name?.value, selection, slots, fields, nodes };
  }

  private planSet(set: SelectionSetNode, on: Composite): [SelectionSetNode, Selection] {
    const found: Found[] = [];
    const selections = this.planSelections(set, on, undefined, found);
    const types = found.map(each => each.types);
    const selection = {
      fields: found.map(({ field }) => field),
      alternatives: alternatives(this.schema, on, types),
    };
    return [{ kind: Kind.SELECTION_SET, selections }, selection];
  }

  private planSelections(
    { selections }: SelectionSetNode,
    on: Composite,
    types: Found['types'],
    found: Found[],
  ): SelectionNode[] {
    const planned: SelectionNode[] = [];
    for (const node of selections) {
      if (!isIncluded(node, this.variables)) continue;
      this.nodes += 1;
      if (node.kind === Kind.FIELD) {
        const [fieldNode, field] = this.planField(node, on);
        found.push({ field, types });
        planned.push(fieldNode);
      } else {
        const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.fragment(node.name.value) : node;
        planned.push(...this.planFragment(fragment, on, types, found));
      }
    }
    return planned;
  }

  private planFragment(
    { typeCondition, selectionSet }: FragmentDefinitionNode | InlineFragmentNode,
    on: Composite,
    types: Found['types'],
    found: Found[],
  ): InlineFragmentNode[] {
    const type = typeCondition ? (this.schema.getType(typeCondition.name.value) as Composite) : on;
    const selections = this.planSelections(selectionSet, type, narrow(this.schema, types, type), found);
    if (selections.length === 0) return [];
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        ...(typeCondition && { typeCondition }),
        selectionSet: { kind: Kind.SELECTION_SET, selections },
      },
    ];
  }

  private planField(node: FieldNode, on: Composite): [FieldNode, SelectedField] {
    const field = fieldOf(this.schema, on, node.name.value);
    if (field !== TypeNameMetaFieldDef) this.fields.add(`${on.name}.${field.name}`);
    const slot = field.args.length > 0 ? slotOf(field, node, this.slots.length) : undefined;
    const index = slot && this.slots.push(slot) - 1;
    this.nodes += 2 * field.args.length;
    const type = typeBelow(field.type);
    const [selectionSet, subselection] =
      node.selectionSet && type ? this.planSet(node.selectionSet, type) : [];
    const planned: FieldNode = {
      kind: Kind.FIELD,
      ...(node.loc && { loc: node.loc }),
      ...(node.alias && { alias: node.alias }),
      name: node.name,
      ...(slot && { arguments: argumentNodes(slot) }),
      ...(selectionSet && { selectionSet }),
    };
    return [planned, { on, field, slot: index, subselection }];
  }

  private fragment(name: string): FragmentDefinitionNode {
    const found = this.fragments.get(name);
    if (!found) throw new Error(`A validated document spreads ${name}, which it does not define.`);
    return found;
  }
}

function isIncluded(node: SelectionNode, variables: Variables): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
}
