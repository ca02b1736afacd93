import { Entity, Index, PrimaryColumn } from 'typeorm';
import { CodeIdColumn, IdColumn } from './columns';

/** Maximum length of a stored word. Longer words are cut, in rows and in searches. */
export const MAX_TERM_LENGTH = 40;

/** Word of a row, in the form of `searchWords`. A search finds the row by a prefix of it. */
@Entity('search_terms')
@Index('search_terms_by_row', ['id', 'term'])
export class SearchTerm {
  /** Prefix of the id of the row, which names its table. */
  @CodeIdColumn(4)
  kind!: string;

  @PrimaryColumn({ type: 'varchar', length: MAX_TERM_LENGTH, charset: 'utf8mb4', collation: 'utf8mb4_bin' })
  term!: string;

  @IdColumn()
  id!: string;
}
