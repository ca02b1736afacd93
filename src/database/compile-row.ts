import type { EntityMetadata, ValueTransformer } from 'typeorm';

type ColumnMetadata = EntityMetadata['columns'][number];

/** Constructor of an entity's instances from rows. */
export type RowConstructor = new (row: object) => object;

/** Compiles the constructor of rows: setting the prototype of the driver's object takes ten times as long. */
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

/** Converts a column value: MariaDB may send JSON as text, and both servers send booleans as numbers. */
function valueExpression(value: string, type: ColumnMetadata['type']): string {
  if (type === 'json') return `typeof ${value} === 'string' ? JSON.parse(${value}) : ${value}`;
  return type === 'boolean' ? `${value} === 1` : value;
}
