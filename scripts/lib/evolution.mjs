import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, isEnumType } from 'graphql';

const DATE = /\b\d{4}-\d{2}-\d{2}\b/;

/** Returns one line for each breaking change. Deprecated elements can be removed on their date. */
export async function breakingChanges(releasedText, schemaText, today = new Date()) {
  const released = buildSchema(releasedText);
  const gone = deprecatedUntil(released);
  const day = today.toISOString().slice(0, 10);
  const changes = await diff(released, buildSchema(schemaText));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .filter(({ path }) => !(gone.get(path) <= day))
    .map(({ message }) => message);
}

/** Returns one line for each change that is more than a description. */
export async function changes(releasedText, schemaText) {
  const found = await diff(buildSchema(releasedText), buildSchema(schemaText));
  return found.filter(({ type }) => !type.includes('DESCRIPTION')).map(({ message }) => message);
}

/** Returns deprecated elements without a date. */
export function undatedDeprecations(schemaText) {
  return deprecations(buildSchema(schemaText))
    .filter(({ reason }) => !DATE.test(reason))
    .map(({ path }) => `${path} is deprecated and does not say when it goes (as 2030-12-31)`);
}

function deprecatedUntil(schema) {
  return new Map(
    deprecations(schema).flatMap(({ path, reason }) => {
      const [date] = DATE.exec(reason) ?? [];
      return date ? [[path, date]] : [];
    }),
  );
}

/** Deprecations by the path of the comparison. */
function deprecations(schema) {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  return types.flatMap(type => membersOf(type).flatMap(member => deprecated(type.name, member)));
}

const membersOf = type => (isEnumType(type) ? type.getValues() : Object.values(type.getFields?.() ?? {}));

/** Returns the deprecations of `element` and its arguments. */
function deprecated(parent, { name, deprecationReason: reason, args = [] }) {
  const path = `${parent}.${name}`;
  const own = reason == null ? [] : [{ path, reason }];
  return [...own, ...args.flatMap(argument => deprecated(path, argument))];
}
