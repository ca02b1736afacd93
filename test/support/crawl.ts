import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

type Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType;
type Field = GraphQLField<unknown, unknown>;

/** A root field with its arguments. `only` is the type of the object, where the field itself has an abstract type. */
export interface Start {
  field: string;
  args?: string;
  only?: string;
}

/** Documents over the whole schema: every field of every type that can be reached, without an argument that has no default. */
export class Crawler {
  /** Fields that were selected, as `Type.field`. */
  readonly selected = new Set<string>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: () => number,
  ) {}

  /** Documents for a root field: all below its object, then below each object that belongs to that, then at random. */
  documents(kind: 'query' | 'mutation' | 'subscription', start: Start, walks = 0): string[] {
    const root = this.rootOf(kind);
    const field = root.getFields()[start.field] as Field;
    this.selected.add(`${root.name}.${field.name}`);
    const types = this.concrete(getNamedType(field.type) as Composite).filter(
      ({ name }) => start.only === undefined || start.only === name,
    );
    const within = (type: GraphQLObjectType, below: string) => {
      const condition = isAbstractType(getNamedType(field.type)) ? `... on ${type.name} ` : '';
      const selection = condition ? `{ ${condition}${below} }` : below;
      return `${kind} { ${field.name}${start.args ? `(${start.args})` : ''} ${selection} }`;
    };
    return types.flatMap(type => [
      within(type, this.select(type, 1)),
      ...this.edges(type).flatMap(edge =>
        this.concrete(getNamedType(edge.type) as Composite).map(target =>
          within(type, this.through(type, edge, target, this.select(target, 1))),
        ),
      ),
      ...Array.from({ length: walks }, () => within(type, this.walk(type, 6))),
    ]);
  }

  /** Fields of the types that can be reached from `Query`, which no document has selected. */
  missed(): string[] {
    const reached = new Set<GraphQLNamedType>();
    const visit = (type: GraphQLNamedType): void => {
      if (isLeafType(type) || reached.has(type)) return;
      reached.add(type);
      if (isAbstractType(type)) this.schema.getPossibleTypes(type).forEach(visit);
      else if (isObjectType(type)) for (const { type: below } of fieldsOf(type)) visit(getNamedType(below));
    };
    visit(this.rootOf('query'));
    return [...reached]
      .filter(isObjectType)
      .flatMap(type => fieldsOf(type).map(({ name }) => `${type.name}.${name}`))
      .filter(name => !this.selected.has(name));
  }

  private rootOf(kind: 'query' | 'mutation' | 'subscription'): GraphQLObjectType {
    const name = `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
    return this.schema.getType(name) as GraphQLObjectType;
  }

  /** All values of an object, and those of the objects that belong to it, down to `depth`. */
  private select(type: GraphQLObjectType, depth: number): string {
    const below = depth === 0 ? [] : this.edges(type);
    const parts = below.map(edge => {
      const target = this.pick(this.concrete(getNamedType(edge.type) as Composite));
      return this.step(type, edge, target, this.select(target, depth - 1));
    });
    return `{ ${[this.values(type), ...parts].join(' ')} }`;
  }

  /** All values of an object, and a selection of one object that belongs to it. */
  private through(type: GraphQLObjectType, edge: Field, target: GraphQLObjectType, below: string): string {
    return `{ ${this.values(type)} ${this.step(type, edge, target, below)} }`;
  }

  private walk(type: GraphQLObjectType, steps: number): string {
    const edges = this.edges(type);
    if (steps === 0 || edges.length === 0) return this.select(type, 0);
    const edge = this.pick(edges);
    const target = this.pick(this.concrete(getNamedType(edge.type) as Composite));
    return this.through(type, edge, target, this.walk(target, steps - 1));
  }

  private step(type: GraphQLObjectType, edge: Field, target: GraphQLObjectType, below: string): string {
    this.selected.add(`${type.name}.${edge.name}`);
    const isAbstract = isAbstractType(getNamedType(edge.type));
    return `${edge.name} ${isAbstract ? `{ ... on ${target.name} ${below} }` : below}`;
  }

  private values(type: GraphQLObjectType): string {
    const parts = fieldsOf(type).flatMap(({ name, type: of }) => {
      const named = getNamedType(of);
      if (!isLeafType(named) && !isValue(named)) return [];
      this.selected.add(`${type.name}.${name}`);
      return isLeafType(named) ? [name] : [`${name} { ${this.values(named as GraphQLObjectType)} }`];
    });
    return ['__typename', ...parts].join(' ');
  }

  private edges(type: GraphQLObjectType): Field[] {
    return fieldsOf(type).filter(({ type: of }) => {
      const named = getNamedType(of);
      return !isLeafType(named) && !isValue(named);
    });
  }

  private concrete(type: Composite): readonly GraphQLObjectType[] {
    return isObjectType(type) ? [type] : this.schema.getPossibleTypes(type);
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)] as T;
  }
}

const fieldsOf = (type: GraphQLObjectType | GraphQLInterfaceType): Field[] =>
  Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));

/** Whether all fields of a type are values, such as those of an amount. `within` are the types that contain it. */
const isValue = (type: GraphQLNamedType, within: readonly GraphQLNamedType[] = []): boolean =>
  isObjectType(type) &&
  !within.includes(type) &&
  Object.values(type.getFields()).every(({ type: of }) => {
    const named = getNamedType(of);
    return isLeafType(named) || isValue(named, [...within, type]);
  });
