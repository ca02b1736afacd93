import type { ReadPage } from './loaded-rows';
import type { Column, Connection, Listed } from './types';

/** Attempts to read a page. The gateway refuses them while a caller reads too fast. */
const MAX_ATTEMPTS = 12;
const AGAIN_MS = 5000;

async function readPatiently<Row>(readPage: ReadPage<Row>, after: string | null, signal: AbortSignal) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readPage(after);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || signal.aborted) throw error;
      await new Promise(resolve => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** Reads a whole list, page by page. A row that moves while the list is read is there once. */
export async function readAll<Row extends Listed>(
  readPage: ReadPage<Row>,
  signal: AbortSignal,
  onProgress: (read: number) => void,
): Promise<Row[]> {
  const rows = new Map<string, Row>();
  let after: string | null = null;
  do {
    const { nodes, pageInfo }: Connection<Row> = await readPatiently(readPage, after, signal);
    signal.throwIfAborted();
    for (const row of nodes) rows.set(row.id, row);
    onProgress(rows.size);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return [...rows.values()];
}

/** Writes rows as CSV, as RFC 4180 has it. A spreadsheet takes no field for a formula. */
export async function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Promise<string> {
  const { unparse } = await import('papaparse');
  const fields = columns.map(({ header }) => header);
  const data = rows.map(row => columns.map(({ text }) => text(row)));
  return unparse({ fields, data }, { escapeFormulae: true });
}

/** Saves a file of the browser. */
export function save(text: string, name: string): void {
  // Spreadsheets recognize UTF-8 by its byte order mark.
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun after the current task.
  setTimeout(() => URL.revokeObjectURL(address));
}
