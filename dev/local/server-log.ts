import { closeSync, openSync, readFileSync, statSync } from 'node:fs';

// Last lines of a failed server, without a reason.
const UNINFORMATIVE = /Aborting|Failed to initialize plugins|Unknown\/unsupported/;

/** File for the output of the server. */
export interface ServerLog {
  fd: number;
  /** Returns the last error since the log was opened, or else the last line. */
  reason(): string | undefined;
  close(): void;
}

/** Opens the log at its end. */
export function openServerLog(path: string): ServerLog {
  const fd = openSync(path, 'a', 0o600);
  const from = statSync(path).size;
  return {
    fd,
    reason() {
      const lines = readFileSync(path).subarray(from).toString().split('\n').filter(Boolean);
      const errors = lines.filter(line => line.includes('[ERROR]'));
      const telling = errors.filter(line => !UNINFORMATIVE.test(line));
      return (telling.at(-1) ?? errors.at(-1) ?? lines.at(-1))?.replace(/^.*\[ERROR\] /, '');
    },
    close: () => closeSync(fd),
  };
}
