import { registerEnumType } from 'type-graphql';

/** Registers an enum whose values equal their names. `valueDescriptions` documents each value in the schema. */
export function registerEnum<E extends Record<string, string>>(
  name: string,
  values: E,
  description: string,
  valueDescriptions: Partial<Record<keyof E, string>> = {},
): void {
  const valuesConfig = Object.fromEntries(
    Object.entries(valueDescriptions).map(([value, text]) => [value, { description: text as string }]),
  );
  registerEnumType(values, { name, description, valuesConfig: valuesConfig as never });
}
