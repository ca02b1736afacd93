import { Entity } from 'typeorm';
import { CodeIdColumn, DateTimeColumn, IntColumn, JsonColumn } from './columns';

/** Something that one process at a time does now and then. `token` is the fence: whoever takes it in hand raises it. */
@Entity('chores')
export class Chore {
  @CodeIdColumn(40)
  name!: string;

  /** When it is done next. */
  @DateTimeColumn()
  dueAt!: Date;

  /** Until when a process has it in hand, by the database's clock; null when none has. */
  @DateTimeColumn({ nullable: true })
  heldUntil!: Date | null;

  @IntColumn()
  token!: number;
}

/** What a provider said of an item when it was last imported: an edit of ours is what differs from it. */
@Entity('imported_items')
export class ImportedItem {
  @CodeIdColumn(40)
  provider!: string;

  /** `SERVICE`, `PRODUCT` or `ADDON`. */
  @CodeIdColumn(40)
  kind!: string;

  /** The provider's own id of it. */
  @CodeIdColumn(64)
  code!: string;

  @JsonColumn()
  said!: Record<string, unknown>;

  @DateTimeColumn()
  importedAt!: Date;
}
