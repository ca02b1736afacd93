import { columns, type EntityClass } from '../database';
import type { KeyType } from './cursor';

/** Sort order of a list of rows. Unique together with the id. */
export interface Order<T> {
  /** Names the list in its cursors, so that one list refuses another's. */
  name: string;
  direction: 'ASC' | 'DESC';
  column: keyof T & string;
  /** Type of the column. Omit it for a column that is unique by itself. */
  type?: 'string' | 'number' | 'time';
  /** Whether the column can be NULL, which sorts before every value. */
  nullable?: true;
}

/** Parts of the sort key of an order: its column, and the id unless the column is unique. */
export function keyOf<T>({ column, type }: Order<T>): { column: string; type: KeyType }[] {
  if (column === 'id') return [{ column, type: 'id' }];
  return type
    ? [
        { column, type },
        { column: 'id', type: 'id' },
      ]
    : [{ column, type: 'number' }];
}

/** Sort order that a client has chosen. */
export interface Sort<Field extends string> {
  field: Field;
  direction: Order<unknown>['direction'];
}

/** Sort orders of a list by field, without their direction. */
export type SortOrders<Field extends string, T> = Readonly<Record<Field, Omit<Order<T>, 'direction'>>>;

/** Order of a list that is sorted as the client has chosen, or by `standard`. */
export function sortedBy<Field extends string, T>(
  orders: SortOrders<Field, T>,
  sort: Sort<Field> | null | undefined,
  standard: Sort<Field>,
): Order<T> {
  const { field, direction } = sort ?? standard;
  return { ...orders[field], direction };
}

/** Direction that reads a list from its end. */
export const opposite = { ASC: 'DESC', DESC: 'ASC' } as const;

/** Names of the columns of `entity` in a statement, with the alias `t`. */
export const namesOf = <T extends object>(entity: EntityClass<T>): Record<string, string> =>
  columns(entity, 't') as Record<string, string>;

/** `ORDER BY` of an order, or of its reverse. */
export function orderBy<T extends object>(entity: EntityClass<T>, order: Order<T>, backward = false): string {
  const t = namesOf(entity);
  const direction = backward ? opposite[order.direction] : order.direction;
  return `ORDER BY ${keyOf(order)
    .map(({ column }) => `${t[column]} ${direction}`)
    .join(', ')}`;
}
