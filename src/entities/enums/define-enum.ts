import { registerEnumType } from 'type-graphql';

/** Defines an enum of the schema from the description of each value. Values equal their names. */
export function defineEnum<V extends string>(
  name: string,
  description: string,
  valueDescriptions: Readonly<Record<V, string>>,
): { readonly [Name in V]: Name } {
  const described = Object.entries<string>(valueDescriptions);
  const values = Object.fromEntries(described.map(([value]) => [value, value]));
  const valuesConfig = Object.fromEntries(described.map(([value, text]) => [value, { description: text }]));
  registerEnumType(values, { name, description, valuesConfig });
  return values as { readonly [Name in V]: Name };
}
