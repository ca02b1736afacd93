import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { stateFile } from './settings';

/** A file of lines of JSON, to which is only appended. */
export interface Journal<Entry> {
  readonly entries: readonly Entry[];
  /** Returns after the line is on the disk. */
  append(entry: Entry): void;
}

/** Reads a journal, up to its last whole line. */
export function readJournal<Entry>(name: string): Entry[] {
  const lines = wholeLines(stateFile(name)).split('\n');
  return lines.filter(Boolean).map(line => JSON.parse(line));
}

/** Opens a journal for its only writer. Removes a last line that a crash cut off: what it stands for will come again. */
export function openJournal<Entry>(name: string): Journal<Entry> {
  const path = stateFile(name);
  if (existsSync(path)) truncateSync(path, Buffer.byteLength(wholeLines(path)));
  const entries = readJournal<Entry>(name);
  return {
    entries,
    append(entry) {
      appendFileSync(path, `${JSON.stringify(entry)}\n`, { flush: true });
      entries.push(entry);
    },
  };
}

function wholeLines(path: string): string {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return text.slice(0, text.lastIndexOf('\n') + 1);
}
