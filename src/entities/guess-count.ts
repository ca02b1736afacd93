import { Column, Entity, Index } from 'typeorm';
import { DateTimeColumn, IntColumn } from './columns';

/** Wrong passwords of a window of time: for one person, or from one network. */
@Entity('guess_counts')
@Index('guess_counts_by_end', ['endsAt'])
export class GuessCount {
  /** SHA-256 in hex of the person or the network: texts of any length and character have a key of one form. */
  @Column({ type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin', primary: true })
  subject!: string;

  @IntColumn()
  guesses!: number;

  /** End of the window, by the database's clock. */
  @DateTimeColumn()
  endsAt!: Date;
}
