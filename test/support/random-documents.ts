import type { GeneratorValue } from 'fast-check';
import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** A request with a document that is usually valid. */
export interface RandomRequest {
  query: string;
  variables: Record<string, unknown>;
}

/** Choices that depend on the graph and its data. */
export interface RandomOptions {
  /** Root fields that are selected. */
  roots: readonly string[];
  /** Values of `ID`, some of which exist. */
  ids: readonly string[];
  depth: number;
}

/** Names that a careless engine takes for something else. */
const ODD_ALIASES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'data', 'errors', 'length'];
const STRINGS = ['', 'a', 'IC-BASE-1TB', 'impossible-cloud', 'ä"\\\n', '\u2028'];
const LEAVES: Record<string, readonly unknown[]> = {
  Int: [0, 1, 2, 3, -1],
  Float: [0, 0.5, 3],
  Boolean: [true, false],
  String: STRINGS,
  BigInt: ['1', 7],
  DateTime: ['2026-01-31T00:00:00.000Z', 'soon'],
  Decimal: ['1.50', '-1'],
  CurrencyCode: ['EUR', 'XYZ'],
};

/** Draws requests with `draw`: literals with variables, absent and null, defaults, lists of one, fragments, directives. */
export function randomRequest(
  schema: GraphQLSchema,
  kind: 'query' | 'mutation',
  options: RandomOptions,
  draw: GeneratorValue,
): RandomRequest {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fragments: string[] = [];
  let names = 0;

  const chance = (percent: number) => draw(fc.integer, { min: 0, max: 99 }) < percent;
  const pick = <T>(from: readonly T[]): T => from[draw(fc.integer, { min: 0, max: from.length - 1 })] as T;
  const unique = (prefix: string) => {
    names += 1;
    return `${prefix}${names}`;
  };

  const leaf = (type: GraphQLNamedType): unknown => {
    if (isEnumType(type)) return pick(type.getValues()).name;
    if (type.name === 'ID') return pick(options.ids);
    return pick(LEAVES[type.name] ?? STRINGS);
  };

  /** A value in the form in which variables are sent. */
  const json = (type: GraphQLInputType): unknown => {
    if (isNonNullType(type)) return json(type.ofType);
    if (isListType(type)) {
      // A single value stands for a list of one.
      if (chance(30)) return json(type.ofType);
      return Array.from({ length: draw(fc.integer, { min: 0, max: 3 }) }, () => json(type.ofType));
    }
    if (!isInputObjectType(type)) return leaf(type);
    const fields = Object.values(type.getFields()).filter(field => isRequiredInputField(field) || chance(40));
    return Object.fromEntries(
      fields.map(field => [field.name, nullable(field.type) && chance(20) ? null : json(field.type)]),
    );
  };

  /** Declares a variable that may stand at a position of this type. */
  const variable = (type: GraphQLInputType, hasDefault: boolean): string => {
    const name = unique('v');
    const bare = isNonNullType(type) ? type.ofType : type;
    const form = formOf(isNonNullType(type), hasDefault);
    const ending = form === 'default' ? ` = ${print(json(bare), bare)}` : '';
    declared.push(`$${name}: ${bare}${form === 'required' ? '!' : ''}${ending}`);
    if (form === 'required') variables[name] = json(bare);
    else if (chance(70)) variables[name] = chance(25) ? null : json(bare);
    return `$${name}`;
  };

  /** A variable without a default cannot stand where a value is required. */
  const formOf = (isRequired: boolean, hasDefault: boolean): 'required' | 'default' | 'optional' => {
    if (chance(isRequired && !hasDefault ? 70 : 20)) return 'required';
    return isRequired || chance(40) ? 'default' : 'optional';
  };

  const literal = (type: GraphQLInputType): string => {
    const bare = isNonNullType(type) ? type.ofType : type;
    if (isListType(bare) && chance(70)) {
      const items = Array.from({ length: draw(fc.integer, { min: 0, max: 2 }) }, () =>
        value(bare.ofType, false),
      );
      return `[${items.join(', ')}]`;
    }
    if (!isInputObjectType(bare)) return print(json(bare), bare);
    const fields = Object.values(bare.getFields()).filter(field => isRequiredInputField(field) || chance(50));
    return `{${fields.map(field => `${field.name}: ${value(field.type, field.defaultValue !== undefined)}`).join(', ')}}`;
  };

  const value = (type: GraphQLInputType, hasDefault: boolean): string => {
    if (chance(45)) return variable(type, hasDefault);
    return nullable(type) && chance(15) ? 'null' : literal(type);
  };

  const argumentsOf = ({ args }: GraphQLField<unknown, unknown>): string => {
    const given = args.filter(argument => isRequiredArgument(argument) || chance(60));
    if (given.length === 0) return '';
    return `(${given.map(argument => `${argument.name}: ${bounded(argument)}`).join(', ')})`;
  };

  /** Pages are kept short. */
  const bounded = ({ name, type, defaultValue }: GraphQLArgument | GraphQLInputField): string =>
    name === 'first' || name === 'last' ? String(pick([1, 2])) : value(type, defaultValue !== undefined);

  const directives = (): string => {
    if (!chance(20)) return '';
    const condition = chance(50) ? String(chance(50)) : boolean();
    return ` @${pick(['skip', 'include'])}(if: ${condition})`;
  };

  const boolean = (): string => {
    const name = unique('b');
    const form = pick(['Boolean!', 'Boolean = true', 'Boolean = false', 'Boolean! = true']);
    declared.push(`$${name}: ${form}`);
    if (!form.includes('=') || chance(60))
      variables[name] = chance(8) && !form.includes('!') ? null : chance(50);
    return `$${name}`;
  };

  const select = (type: GraphQLNamedType, depth: number): string => {
    const parts = Array.from({ length: draw(fc.integer, { min: 1, max: 4 }) }, () => part(type, depth));
    return `{ ${parts.join(' ')} }`;
  };

  const part = (type: GraphQLNamedType, depth: number): string => {
    if (chance(8)) return `__typename${directives()}`;
    if (depth > 0 && chance(20)) return fragment(type, depth - 1);
    const fields = isObjectType(type) || isAbstractType(type) ? fieldsOf(type) : [];
    const fitting = fields.filter(each => depth > 0 || isLeafType(getNamedType(each.type)));
    return fitting.length === 0 ? '__typename' : field(pick(fitting), depth);
  };

  const fieldsOf = (type: GraphQLNamedType): GraphQLField<unknown, unknown>[] =>
    'getFields' in type ? (Object.values(type.getFields()) as GraphQLField<unknown, unknown>[]) : [];

  const field = (chosen: GraphQLField<unknown, unknown>, depth: number): string => {
    const named = getNamedType(chosen.type);
    const below = isCompositeType(named) ? ` ${select(named, depth - 1)}` : '';
    const given = argumentsOf(chosen);
    const alias = given || chance(15) ? `${chance(15) ? odd() : unique('f')}: ` : '';
    return `${alias}${chosen.name}${given}${directives()}${below}`;
  };

  const used = new Set<string>();
  const odd = (): string => {
    const name = pick(ODD_ALIASES);
    if (used.has(name)) return unique('f');
    used.add(name);
    return name;
  };

  const fragment = (type: GraphQLNamedType, depth: number): string => {
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    const on = chance(40) ? type : pick(possible);
    if (chance(50)) {
      const condition = on !== type || chance(50) ? ` on ${on.name}` : '';
      return `...${condition}${directives()} ${select(on, depth)}`;
    }
    const body = select(on, depth);
    const name = unique('F');
    fragments.push(`fragment ${name} on ${on.name} ${body}`);
    return `...${name}${directives()}${chance(20) ? ` ...${name}` : ''}`;
  };

  const root = (kind === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {};
  const count = draw(fc.integer, { min: 1, max: 3 });
  const selected = Array.from({ length: count }, () => {
    const chosen = root[pick(options.roots)] as GraphQLField<unknown, unknown>;
    const named = getNamedType(chosen.type);
    const below = isCompositeType(named)
      ? ` ${kind === 'mutation' ? '{ __typename }' : select(named, options.depth)}`
      : '';
    return `${unique('r')}: ${chosen.name}${argumentsOf(chosen)}${directives()}${below}`;
  });
  const signature = declared.length > 0 ? `(${declared.join(', ')})` : '';
  return {
    query: [`${kind} Random${signature} { ${selected.join(' ')} }`, ...fragments].join('\n'),
    variables,
  };
}

const nullable = (type: GraphQLInputType): boolean => !isNonNullType(type);

/** Prints a value as a literal of a document. */
function print(value: unknown, type: GraphQLInputType): string {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    const item = isListType(bare) ? bare.ofType : bare;
    return `[${value.map(each => print(each, item)).join(', ')}]`;
  }
  const named = getNamedType(type);
  if (isInputObjectType(named)) return printObject(value as object, named);
  return isEnumType(named) ? String(value) : JSON.stringify(value);
}

function printObject(value: object, type: GraphQLInputObjectType): string {
  const fields = type.getFields();
  const entries = Object.entries(value).map(
    ([name, each]) => `${name}: ${print(each, fields[name]?.type as GraphQLInputType)}`,
  );
  return `{${entries.join(', ')}}`;
}
