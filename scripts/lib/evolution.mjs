import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, isEnumType } from 'graphql';

const DATE = /\b\d{4}-\d{2}-\d{2}\b/;

/** What clients of `releasedText` could break on in `schemaText`: a line each. What was deprecated may go on its day. */
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

/** What is deprecated and does not say until when. */
export function undatedDeprecations(schemaText) {
  return [...deprecations(buildSchema(schemaText))]
    .filter(({ reason }) => !DATE.test(reason))
    .map(({ path }) => `${path} is deprecated and does not say when it goes (as 2030-12-31)`);
}

function deprecatedUntil(schema) {
  return new Map(
    [...deprecations(schema)].flatMap(({ path, reason }) => {
      const [date] = DATE.exec(reason) ?? [];
      return date ? [[path, date]] : [];
    }),
  );
}

/** By the paths that the comparison gives its changes. */
function* deprecations(schema) {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    const members = isEnumType(type) ? type.getValues() : Object.values(type.getFields?.() ?? {});
    for (const member of members) {
      const path = `${type.name}.${member.name}`;
      if (member.deprecationReason != null) yield { path, reason: member.deprecationReason };
      for (const argument of member.args ?? []) {
        if (argument.deprecationReason != null) {
          yield { path: `${path}.${argument.name}`, reason: argument.deprecationReason };
        }
      }
    }
  }
}
