import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Change, LedgerCleared } from './records';

/** What the simulator remembers across restarts, one JSON object a line, in the order of happening. */
export interface Journal {
  /** Written before the answer that tells of it, so a killed process has forgotten nothing that it said. */
  append(line: Change | LedgerCleared): void;
  /** Forgets everything. */
  empty(): void;
}

/** Opens the journal and gives its lines; without a path it is a journal that keeps nothing. */
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

/** A line without its end was never answered for: it is cut off, or the next one would be glued to it. */
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
    throw new Error(`Line ${number} of ${path} is not JSON: remove the file to start afresh`, { cause });
  }
}
