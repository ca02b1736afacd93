import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { stateFile } from './settings';

/** A file of lines of JSON, to which is only appended. */
export interface Journal<Entry> {
  readonly entries: readonly Entry[];
  /** Returns after the line is on the disk. */
  append(entry: Entry): void;
}

/** Opens a journal. Removes a last line that was cut off by a crash: what it stands for will come again. */
export function openJournal<Entry>(name: string): Journal<Entry> {
  const path = stateFile(name);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) truncateSync(path, Buffer.byteLength(whole));
  const entries: Entry[] = whole
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
  return {
    entries,
    append(entry) {
      appendFileSync(path, `${JSON.stringify(entry)}\n`, { flush: true });
      entries.push(entry);
    },
  };
}
