import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';
import { useLiveQuery } from '../../data/live-query';
import { rowsOf } from './kept-rows';
import { LoadedRows, type ReadPage } from './loaded-rows';
import type { DataListProps, Listed } from './types';

/** Number of rows that are read at once, unless the page sets another. */
const PAGE_SIZE = 20;

/** Variables that a document has. */
const variablesOf = ({ definitions }: Pick<TypedDocumentNode, 'definitions'>): ReadonlySet<string> =>
  new Set(
    definitions.flatMap(definition =>
      'variableDefinitions' in definition
        ? (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
        : [],
    ),
  );

type RowsProps<Data, Variables, Row extends Listed> = Pick<
  DataListProps<Data, Variables, Row>,
  'name' | 'query' | 'variables' | 'connection' | 'typenames' | 'everyMs' | 'pageSize'
> & { sort: { field: string; direction: 'ASC' | 'DESC' } | null };

/** Number of rows that this entry of the history had. */
const rowsBefore = (): number => Number((history.state as { rows?: number } | null)?.rows ?? 0);

/** Rows of a list, as many as were read so far, and a function that reads more. They follow the stream. */
export function useRows<Data, Variables, Row extends Listed>(props: RowsProps<Data, Variables, Row>) {
  const { name, query, variables, connection, typenames, everyMs, sort, pageSize = PAGE_SIZE } = props;
  const client = useClient();
  const key = JSON.stringify([name, variables, sort]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key has the variables
  const { rows, first, readPage } = useMemo(() => {
    const known = variablesOf(query);
    const pageAfter = (after: string | null): AnyVariables => ({
      ...variables,
      forward: pageSize,
      after,
      ...(known.has('sort') && { sort }),
      ...(known.has('count') && { count: after === null }),
    });
    const document = query as TypedDocumentNode<Data, AnyVariables>;
    const readPage: ReadPage<Row> = async after => {
      const result = await client.query(document, pageAfter(after), { requestPolicy: 'network-only' });
      if (!result.data) throw result.error ?? new Error('The page was not read.');
      return connection(result.data);
    };
    return { rows: rowsOf(client, key, () => new LoadedRows(readPage)), first: pageAfter(null), readPage };
  }, [client, query, key]);
  const head = useLiveQuery(query as TypedDocumentNode<Data, AnyVariables>, first, typenames, everyMs);
  const state = useSyncExternalStore(rows.watch, rows.read);

  // A list that is opened anew starts with its first page; an entry of the history has its rows again.
  useEffect(() => {
    if (rowsBefore() === 0) rows.shorten();
  }, [rows]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the function is another one at every render
  useEffect(() => {
    if (!head.data) return;
    rows.takeHead(connection(head.data));
    void rows.loadUpTo(rowsBefore());
  }, [rows, head.data]);
  const { length } = state.rows;
  useEffect(() => {
    if (length > Math.max(pageSize, rowsBefore()))
      history.replaceState({ ...history.state, rows: length }, '');
  }, [length, pageSize]);
  // The rows of the filter before stay until those of the new one are there, so that the page does not flicker.
  const before = useRef<typeof state>(undefined);
  useEffect(() => {
    if (state.loaded) before.current = state;
  }, [state]);
  const shown = state.loaded || head.error ? state : (before.current ?? state);
  return {
    ...shown,
    more: state.more,
    /** Whether the rows are those of the filter before. */
    outdated: shown !== state,
    loadMore: rows.loadMore,
    look: rows.look,
    readPage,
    error: head.error,
  };
}
