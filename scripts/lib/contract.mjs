import { buildSchema, isEnumType, isInputObjectType, isUnionType } from 'graphql';

const builtIn = name => name.startsWith('__') || ['ID', 'String', 'Int', 'Float', 'Boolean'].includes(name);
const publicTypes = schema => Object.values(schema.getTypeMap()).filter(({ name }) => !builtIn(name));
const fieldsOf = type => Object.values(type.getFields?.() ?? {});
const kind = type => type.constructor.name.replace('GraphQL', '');

/** Returns one line for each element of `contract` that `schema` lacks or changes, and for each new required input. */
export function contractBreaks(contractText, schemaText) {
  const contract = buildSchema(contractText);
  const schema = buildSchema(schemaText);
  return publicTypes(contract).flatMap(wanted => {
    const actual = schema.getType(wanted.name);
    if (!actual) return [`${wanted.name} is missing`];
    if (kind(actual) !== kind(wanted)) return [`${wanted.name} is not a ${kind(wanted)}`];
    return [...fieldBreaks(wanted, actual), ...memberBreaks(wanted, actual)];
  });
}

function fieldBreaks(wanted, actual) {
  const fields = actual.getFields?.() ?? {};
  return [
    ...fieldsOf(wanted).flatMap(field => {
      const at = `${wanted.name}.${field.name}`;
      const there = fields[field.name];
      if (!there) return [`${at} is missing`];
      return [...inputBreaks(at, field, there), ...argumentBreaks(at, field.args ?? [], there.args ?? [])];
    }),
    ...(isInputObjectType(actual) ? demanded(actual.name, fieldsOf(wanted), fieldsOf(actual)) : []),
  ];
}

function argumentBreaks(at, wanted, actual) {
  return [
    ...wanted.flatMap(argument => {
      const there = actual.find(({ name }) => name === argument.name);
      const where = `${at}(${argument.name}:)`;
      return there ? inputBreaks(where, argument, there) : [`${where} is missing`];
    }),
    ...demanded(at, wanted, actual),
  ];
}

function inputBreaks(at, wanted, actual) {
  const breaks = [];
  if (`${actual.type}` !== `${wanted.type}`) breaks.push(`${at} is ${actual.type}, not ${wanted.type}`);
  const [is, should] = [actual.defaultValue, wanted.defaultValue].map(value => JSON.stringify(value));
  if (is !== should) breaks.push(`${at} has the default ${is}, not ${should}`);
  return breaks;
}

/** New required inputs, which existing callers do not send. */
function demanded(at, wanted, actual) {
  const known = new Set(wanted.map(({ name }) => name));
  return actual
    .filter(
      ({ name, type, defaultValue }) => !known.has(name) && /!$/.test(type) && defaultValue === undefined,
    )
    .map(({ name }) => `${at} demands ${name}, which the contract does not know`);
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

/** A description starts with a noun or a verb. */
const RELATIVE_CLAUSE = /^(What|Who|Whom|Whose|Which|Where|When|Why|How|Whoever|Whatever)\b/;

/** Words to avoid, because the trade has a term. */
const HOMELY =
  /\b(hands? over|in hand|lets? go|gives? back|set back|tells?|told|asks? after|looks? at|goes on|to begin with|any more|whoever|somebody|nobody|the version before|for addresses|for people)\b/i;

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
