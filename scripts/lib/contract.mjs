import { buildASTSchema, buildSchema, isEnumType, isUnionType, Kind, parse } from 'graphql';

const builtIn = name => name.startsWith('__') || ['ID', 'String', 'Int', 'Float', 'Boolean'].includes(name);
const publicTypes = schema => Object.values(schema.getTypeMap()).filter(({ name }) => !builtIn(name));
const fieldsOf = type => Object.values(type.getFields?.() ?? {});
const kind = type => type.constructor.name.replace('GraphQL', '');

/** Sections of the contract that the schema fulfills. Each of the others is added with the feature that it describes. */
const FULFILLED = [
  'the graph, before its first release',
  'partners and the distributor as clients',
  "the subscription's life",
];

/** Definitions of the fulfilled sections of a contract. A section may add to the types of an earlier one. */
function fulfilledDefinitions(contractText) {
  const [preamble, ...sections] = contractText.split(/^# -{10,} /m);
  if (sections.length === 0) return parse(preamble).definitions;
  const fulfilled = sections.filter(section => FULFILLED.includes(section.split('\n', 1)[0].trim()));
  // The rest of a separator, its title, is a comment again.
  return parse(fulfilled.map(section => `# ${section}`).join('\n')).definitions;
}

const PARTS = ['fields', 'values', 'types', 'interfaces'];

/** Merges the definitions of each type, and takes types that the contract only refers to from `others`. */
function contractSchema(definitions, others) {
  const types = new Map();
  for (const definition of [...definitions]) {
    const known = types.get(definition.name.value);
    const merged = Object.fromEntries(
      PARTS.filter(part => definition[part]).map(part => [
        part,
        [...(known?.[part] ?? []), ...definition[part]],
      ]),
    );
    types.set(definition.name.value, { ...definition, ...merged });
  }
  for (const definition of others) {
    if (!types.has(definition.name?.value)) types.set(definition.name?.value, definition);
  }
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions: [...types.values()] }, { assumeValid: true });
}

/** Returns one line for each element of the fulfilled sections of `contract` that `schema` lacks or changes. */
export function contractBreaks(contractText, schemaText) {
  const definitions = fulfilledDefinitions(contractText);
  const own = new Set(definitions.map(({ name }) => name.value));
  const contract = contractSchema(definitions, parse(schemaText).definitions);
  const schema = buildSchema(schemaText);
  const wantedTypes = publicTypes(contract).filter(({ name }) => own.has(name));
  return wantedTypes.flatMap(wanted => {
    const actual = schema.getType(wanted.name);
    if (!actual) return [`${wanted.name} is missing`];
    if (kind(actual) !== kind(wanted)) return [`${wanted.name} is not a ${kind(wanted)}`];
    return [...fieldBreaks(wanted, actual), ...memberBreaks(wanted, actual)];
  });
}

function fieldBreaks(wanted, actual) {
  const fields = actual.getFields?.() ?? {};
  return fieldsOf(wanted).flatMap(field => {
    const at = `${wanted.name}.${field.name}`;
    const there = fields[field.name];
    if (!there) return [`${at} is missing`];
    return [...inputBreaks(at, field, there), ...argumentBreaks(at, field.args ?? [], there.args ?? [])];
  });
}

function argumentBreaks(at, wanted, actual) {
  return wanted.flatMap(argument => {
    const there = actual.find(({ name }) => name === argument.name);
    const where = `${at}(${argument.name}:)`;
    return there ? inputBreaks(where, argument, there) : [`${where} is missing`];
  });
}

function inputBreaks(at, wanted, actual) {
  const breaks = [];
  if (`${actual.type}` !== `${wanted.type}`) breaks.push(`${at} is ${actual.type}, not ${wanted.type}`);
  const [is, should] = [actual.defaultValue, wanted.defaultValue].map(value => JSON.stringify(value));
  if (is !== should) breaks.push(`${at} has the default ${is}, not ${should}`);
  return breaks;
}

function memberBreaks(wanted, actual) {
  const members = type => {
    if (isEnumType(type)) return type.getValues();
    if (isUnionType(type)) return type.getTypes();
    return type.getInterfaces?.() ?? [];
  };
  const there = new Set(members(actual).map(({ name }) => name));
  return members(wanted)
    .filter(({ name }) => !there.has(name))
    .map(({ name }) => `${wanted.name} has no ${name}`);
}

/** Mutations whose argument or payload is not named after them. */
export function mutationFaults(schemaText) {
  const mutation = buildSchema(schemaText).getMutationType();
  return (mutation ? fieldsOf(mutation) : []).flatMap(({ name, args, type }) => {
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const [input, ...others] = args;
    const isNamed = input?.name === 'input' && `${input.type}`.replace(/!$/, '') === `${title}Input`;
    return [
      ...(isNamed && others.length === 0
        ? []
        : [`Mutation.${name} does not take exactly input: ${title}Input`]),
      ...(`${type}` === `${title}Payload!` ? [] : [`Mutation.${name} does not return ${title}Payload!`]),
    ];
  });
}

/** A description starts with a noun or a verb. */
const RELATIVE_CLAUSE = /^\s*(that|what|who|whom|whose|which|where|when|why|how|whoever|whatever)\b/i;

/** Words to avoid, because the trade has a term. */
const HOMELY =
  /\b(hands? over|in hand|takes? away|lets? go|gives? back|set back|postpones?|leads nowhere|try again later|tells?|told|asks? after|looks? (at|after)|goes on|one waits|one may|who does not read|was missed|whose it is|who may|who is in|to begin with|not to be had|any more|whoever|somebody|nobody|the version before|it lives|difference at the provider|became of it|first answer|for addresses|for people)\b/i;

/** Returns the fault of a description, or undefined. */
function descriptionFault(description) {
  if (!description?.trim()) return 'has no description';
  if (RELATIVE_CLAUSE.test(description)) return 'has a description that starts with a relative clause';
  const [word] = description.match(HOMELY) ?? [];
  return word && `has a description that says "${word}"`;
}

/** Returns the faults in the descriptions of all public types, fields, arguments and enum values of a schema. */
export function descriptionFaults(schemaText) {
  const schema = buildSchema(schemaText);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const faults = (at, { description }) => {
    const fault = descriptionFault(description);
    return fault ? [`${at} ${fault}`] : [];
  };
  return publicTypes(schema).flatMap(type => [
    ...(roots.includes(type) ? [] : faults(type.name, type)),
    ...(isEnumType(type) ? type.getValues() : []).flatMap(value =>
      faults(`${type.name}.${value.name}`, value),
    ),
    ...fieldsOf(type).flatMap(field => [
      ...faults(`${type.name}.${field.name}`, field),
      ...(field.args ?? []).flatMap(arg => faults(`${type.name}.${field.name}(${arg.name}:)`, arg)),
    ]),
  ]);
}
