import type { EntityMetadata, ValueTransformer } from 'typeorm';

type ColumnMetadata = EntityMetadata['columns'][number];

/** Makes an instance of an entity's class from a row. */
export type RowConstructor = new (row: object) => object;

/**
 * How instances of `entity` are made from its rows. Compiled, as the driver compiles what reads a row: to give the
 * driver's object another prototype takes ten times as long as to copy it.
 */
export function compileRow(
  entity: abstract new (...args: never[]) => object,
  columns: readonly ColumnMetadata[],
): RowConstructor {
  const readers: Record<string, (value: unknown) => unknown> = {};
  const lines = columns.map(({ propertyName: name, type, transformer }) => {
    const value = valueExpression(`row.${name}`, type);
    if (!transformer) return `this.${name} = ${value};`;
    readers[name] = ([transformer].flat()[0] as ValueTransformer).from;
    return `this.${name} = readers.${name}(${value});`;
  });
  const Row = new Function('readers', `return function (row) { ${lines.join('\n')} }`)(readers);
  Row.prototype = entity.prototype;
  return Row as unknown as RowConstructor;
}

/** What a property is made from: MariaDB may send JSON as text, and both servers send booleans as numbers. */
function valueExpression(value: string, type: ColumnMetadata['type']): string {
  if (type === 'json') return `typeof ${value} === 'string' ? JSON.parse(${value}) : ${value}`;
  return type === 'boolean' ? `${value} === 1` : value;
}
