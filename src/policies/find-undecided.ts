import { type GraphQLSchema, isInputObjectType, isObjectType } from 'graphql';
import { fieldArguments, fields, inputFields, roots } from './coverage';

const namesOf = (decided: Partial<Record<string, string>> | undefined): string[] =>
  Object.values(decided ?? {}).flatMap(list => (list ?? '').split(/\s+/).filter(Boolean));

/** Names without a decision, with two decisions, or with a decision although they do not exist. */
function differences(at: string, there: readonly string[], decided: readonly string[]): string[] {
  const twice = decided.filter((name, index) => decided.indexOf(name) !== index);
  return [
    ...there.filter(name => !decided.includes(name)).map(name => `${at}.${name} is not decided`),
    ...decided.filter(name => !there.includes(name)).map(name => `${at}.${name} does not exist`),
    ...twice.map(name => `${at}.${name} is decided twice`),
  ];
}

/** Finds fields, arguments and input fields without exactly one decision in `coverage/`, and stale ones. */
export function findUndecided(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const objects = types.filter(isObjectType);
  const inputs = types.filter(isInputObjectType);
  const known = new Set(types.map(({ name }) => name));
  return [
    ...objects.flatMap(type => {
      const { name } = type;
      const root = name in roots ? roots[name as keyof typeof roots] : undefined;
      return differences(
        name,
        Object.keys(type.getFields()),
        root ? Object.keys(root) : namesOf(fields[name]),
      );
    }),
    ...objects.flatMap(type =>
      Object.values(type.getFields()).flatMap(field => {
        const at = `${type.name}.${field.name}`;
        const there = field.args.map(argument => argument.name);
        return differences(at, there, namesOf(fieldArguments[at]));
      }),
    ),
    ...inputs.flatMap(type =>
      differences(type.name, Object.keys(type.getFields()), namesOf(inputFields[type.name])),
    ),
    ...[...Object.keys(fields), ...Object.keys(inputFields)]
      .filter(name => !known.has(name))
      .map(name => `${name} does not exist`),
  ];
}
