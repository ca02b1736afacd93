import { Entity } from 'typeorm';
import { CodeIdColumn, DateTimeColumn, IntColumn, JsonColumn } from './columns';

/** Periodic task that one process at a time runs. `token` is the fencing token: every claim increments it. */
@Entity('chores')
export class Chore {
  @CodeIdColumn(40)
  name!: string;

  /** Time of the next run. */
  @DateTimeColumn()
  dueAt!: Date;

  /** Expiry of the lease, by the database's clock. Null when no process has claimed the task. */
  @DateTimeColumn({ nullable: true })
  heldUntil!: Date | null;

  @IntColumn()
  token!: number;
}

/** Values of an item at its last import. A local edit is a value that differs from them. */
@Entity('imported_items')
export class ImportedItem {
  @CodeIdColumn(40)
  provider!: string;

  /** `SERVICE`, `PRODUCT` or `ADDON`. */
  @CodeIdColumn(40)
  kind!: string;

  /** Identifier of the item at the provider. */
  @CodeIdColumn(64)
  code!: string;

  @JsonColumn()
  said!: Record<string, unknown>;

  @DateTimeColumn()
  importedAt!: Date;
}
