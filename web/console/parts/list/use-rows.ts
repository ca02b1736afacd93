import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type AnyVariables, type Client, type TypedDocumentNode, useClient } from 'urql';
import { useLiveQuery } from '../../data/live-query';
import { LoadedRows } from './loaded-rows';
import type { Connection, DataListProps, Listed } from './types';

/** Number of rows that are read at once. Fixed, so that every list stays within the cost limit. */
export const PAGE_SIZE = 20;
/** Number of lists whose rows are kept, for Back and Forward. */
const MAX_KEPT = 10;

const kept = new WeakMap<Client, Map<string, LoadedRows<Listed>>>();

/** Rows of a list that was shown before, or of a new one. */
function rowsOf<Row extends Listed>(
  client: Client,
  key: string,
  create: () => LoadedRows<Row>,
): LoadedRows<Row> {
  const lists = kept.get(client) ?? new Map<string, LoadedRows<Listed>>();
  kept.set(client, lists);
  const rows = (lists.get(key) as LoadedRows<Row> | undefined) ?? create();
  lists.delete(key);
  lists.set(key, rows as unknown as LoadedRows<Listed>);
  const [oldest] = lists.keys();
  if (lists.size > MAX_KEPT && oldest !== undefined) lists.delete(oldest);
  return rows;
}

/** Variables that a document has. */
const variablesOf = (query: TypedDocumentNode<unknown, never>): ReadonlySet<string> =>
  new Set(
    query.definitions.flatMap(definition =>
      'variableDefinitions' in definition
        ? (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
        : [],
    ),
  );

type RowsProps<Data, Variables, Row extends Listed> = Pick<
  DataListProps<Data, Variables, Row>,
  'name' | 'query' | 'variables' | 'connection' | 'typenames'
> & { sort: { field: string; direction: 'ASC' | 'DESC' } | null };

/** Number of rows that this entry of the history had. */
const rowsBefore = (): number => Number((history.state as { rows?: number } | null)?.rows ?? PAGE_SIZE);

/** Reads one page of a list. */
export type ReadPage<Row> = (after: string | null, signal?: AbortSignal) => Promise<Connection<Row>>;

/** Rows of a list, as many as were read so far, and a function that reads more. They follow the stream. */
export function useRows<Data, Variables, Row extends Listed>(props: RowsProps<Data, Variables, Row>) {
  const { name, query, variables, connection, typenames, sort } = props;
  const client = useClient();
  const key = JSON.stringify([name, variables, sort]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key has the variables
  const { rows, pageVariables, readPage } = useMemo(() => {
    const known = variablesOf(query as TypedDocumentNode<unknown, never>);
    const pageVariables = (after: string | null): AnyVariables => ({
      ...variables,
      forward: PAGE_SIZE,
      after,
      ...(known.has('sort') && { sort }),
      ...(known.has('count') && { count: after === null }),
    });
    const readPage: ReadPage<Row> = async after => {
      const { data, error } = await client.query(
        query as TypedDocumentNode<Data, AnyVariables>,
        pageVariables(after),
        { requestPolicy: 'network-only' },
      );
      if (!data) throw error ?? new Error('The page was not read.');
      return connection(data);
    };
    return { rows: rowsOf(client, key, () => new LoadedRows<Row>(readPage)), pageVariables, readPage };
  }, [client, query, key]);
  const head = useLiveQuery(query as TypedDocumentNode<Data, AnyVariables>, pageVariables(null), typenames);
  const state = useSyncExternalStore(rows.watch, rows.read);

  // Rows of a list that is opened anew start from the top; those of an entry of the history are all there again.
  useEffect(() => {
    rows.shorten(rowsBefore());
  }, [rows]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the function is another one at every render
  useEffect(() => {
    if (!head.data) return;
    rows.takeHead(connection(head.data));
    void rows.loadUpTo(rowsBefore());
  }, [rows, head.data]);
  const { length } = state.rows;
  useEffect(() => {
    if (length > rowsBefore()) history.replaceState({ ...history.state, rows: length }, '');
  }, [length]);
  return {
    ...state,
    loadMore: rows.loadMore.bind(rows),
    loaded: head.data !== undefined || length > 0,
    error: head.error,
    readPage,
  };
}
