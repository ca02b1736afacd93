/** Where the parts of the local start say what they do, line by line. */
export type Log = (line: string) => void;
