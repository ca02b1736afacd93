import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Change, LedgerCleared } from './records';

/** Persistent state of the simulator: one JSON object per line, in the order of the changes. */
export interface Journal {
  /** Writes a line. Call it before the response, so that a killed process loses no acknowledged change. */
  append(line: Change | LedgerCleared): void;
  /** Clears the journal. */
  empty(): void;
}

/** Opens the journal and returns its lines. Without a path, the journal is not persistent. */
export function openJournal(path: string | undefined): {
  journal: Journal;
  lines: (Change | LedgerCleared)[];
} {
  if (path === undefined) return { journal: { append: () => undefined, empty: () => undefined }, lines: [] };
  mkdirSync(dirname(path), { recursive: true });
  const journal: Journal = {
    append: line => appendFileSync(path, `${JSON.stringify(line)}\n`),
    empty: () => writeFileSync(path, ''),
  };
  return { journal, lines: existsSync(path) ? read(path) : [] };
}

/** Removes an incomplete last line. Its change was not acknowledged, and the next line would be appended to it. */
function read(path: string): (Change | LedgerCleared)[] {
  const bytes = readFileSync(path);
  const complete = bytes.lastIndexOf('\n') + 1;
  if (complete < bytes.length) truncateSync(path, complete);
  const text = bytes.subarray(0, complete).toString('utf8');
  return text.split('\n').flatMap((line, index) => (line === '' ? [] : [parse(line, index + 1, path)]));
}

function parse(line: string, number: number, path: string): Change | LedgerCleared {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Error(`Line ${number} of ${path} is not JSON. Remove the file to start afresh.`, { cause });
  }
}
