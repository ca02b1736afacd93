/** Prints one line about a part of the local start. */
export type Log = (line: string) => void;
