import type { MigrationInterface } from 'typeorm';

/**
 * Migration that removes something, with the last release that used it. It can run from the second release after that one,
 * during a rolling upgrade.
 */
export interface Contracting extends MigrationInterface {
  contract: { unusedAfter: string };
}

/** Migration with statements that look unsafe and are not: each as it is sent, with the reason. */
export interface Compatible extends MigrationInterface {
  compatible: readonly { statement: string; because: string }[];
}
