/** Plain rows. */
export type Rows = <T = Record<string, any>>(sql: string, values?: unknown[]) => Promise<T[]>;
