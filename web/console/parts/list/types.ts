import type { ReactNode } from 'react';
import type { TypedDocumentNode } from 'urql';

/** Record of a list. */
export interface Listed {
  readonly id: string;
}

/** Page of a list, as the graph has it. */
export interface Connection<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  /** Left out on pages after the first, if the document has a variable `$count` for it. */
  readonly totalCount?: number | undefined;
}

/** Column of a list. With `href`, the first column of a list is its link, so its cell has none. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  cell(row: Row): ReactNode;
  /** Value in the CSV file. */
  text(row: Row): string;
  /** Field of the graph that the column sorts by. */
  readonly sort?: string;
  readonly align?: 'right';
  /** Whether the column has long texts. */
  readonly wide?: boolean;
  /** Whether the column is hidden at first. */
  readonly optional?: boolean;
  /** Whether the column stays a column at 360 pixels. The others move to a second line. */
  readonly narrow?: boolean;
}

/** Option of a filter. */
export interface FilterOption {
  readonly value: string;
  readonly label: string;
}

/** Filter of a list. Its value is a parameter of the address: `useListState().read(name)`. */
export type Filter = { readonly name: string; readonly label: string } & (
  | {
      /** The label names what is searched: “name, customer or SKU”. */
      readonly kind: 'search';
    }
  | {
      /** Several values are read with `valuesOf`. */
      readonly kind: 'select' | 'multiselect';
      readonly options: readonly FilterOption[];
    }
  | {
      /** Two days, read with `rangeOf`. */
      readonly kind: 'dates';
    }
  | { readonly kind: 'text' }
);

/** Variables that the list sets. */
export type ListVariable = 'forward' | 'after' | 'backward' | 'before' | 'sort' | 'count';

/** Properties of a list. */
export interface DataListProps<Data, Variables, Row extends Listed> {
  /** Key of the saved filters and the columns in this browser. */
  readonly name: string;
  /** Accessible name of the table. */
  readonly label: string;
  readonly query: TypedDocumentNode<Data, Variables & Record<string, unknown>>;
  /** Variables without paging and sorting. */
  readonly variables: Omit<Variables, ListVariable>;
  connection(data: Data): Connection<Row>;
  /** Types whose mutations change the list. */
  readonly typenames: string;
  /** Time between two reads of records that the stream does not report, in milliseconds. */
  readonly everyMs?: number | undefined;
  readonly columns: readonly Column<Row>[];
  readonly filters: readonly Filter[];
  /** Address of the page of a row. Enter or a click opens it. */
  href?(row: Row): string;
  /** Content of the last column. */
  rowActions?(row: Row): ReactNode;
  /** Shown if there is no record, and no filter is set. */
  readonly empty: ReactNode;
  /** Number of rows that are read at once. Default 20. The document has to stay within the cost limit with it. */
  readonly pageSize?: number;
  /** Text for the number of records: “2,006 subscriptions”. */
  total?(count: number): string;
}
