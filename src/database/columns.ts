import { getMetadataArgsStorage } from 'typeorm';
import type { EntityClass } from './rows';

/** Column names of an entity, by property, for hand-written SQL. A renamed property does not compile. */
export type Columns<T> = { readonly [Name in keyof T]-?: string } & {
  /** Readable columns, separated by commas. */
  readonly all: string;
  /** Table name, followed by the alias if there is one. */
  readonly table: string;
};

const cache = new Map<string, object>();

/** Column names of `entity`, qualified by `alias` if one is given. Throws if the class is not an entity. */
export function columns<T extends object>(entity: EntityClass<T>, alias = ''): Columns<T> {
  const key = `${entity.name} ${alias}`;
  const names = cache.get(key) ?? describe(entity, alias);
  cache.set(key, names);
  return names as Columns<T>;
}

function describe<T extends object>(entity: EntityClass<T>, alias: string): Columns<T> {
  const storage = getMetadataArgsStorage();
  const table = storage.tables.find(({ target }) => target === entity)?.name;
  const own = storage.columns.filter(
    ({ target }) => target === entity || (target instanceof Function && entity.prototype instanceof target),
  );
  if (!table || own.length === 0) throw new Error(`${entity.name} is not an entity`);
  const qualify = (name: string) => (alias ? `${alias}.\`${name}\`` : `\`${name}\``);
  const readable = own.filter(({ options }) => options.select !== false);
  const names = Object.fromEntries(own.map(({ propertyName }) => [propertyName, qualify(propertyName)]));
  return {
    ...names,
    all: readable.map(({ propertyName }) => qualify(propertyName)).join(','),
    table: alias ? `\`${table}\` ${alias}` : `\`${table}\``,
  } as Columns<T>;
}
