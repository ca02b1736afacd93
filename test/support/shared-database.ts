import type { DatabaseServer } from '../../dev/local/database-server';

/** Where the set-up leaves the server for the tear-down: both run in the same process. */
export const shared = globalThis as typeof globalThis & { testServer?: DatabaseServer };
