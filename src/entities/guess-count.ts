import { Column, Entity, Index } from 'typeorm';
import { DateTimeColumn, IntColumn } from './columns';

/** Counter of sign-in attempts in a time window, for one person or one network. */
@Entity('guess_counts')
@Index('guess_counts_by_end', ['endsAt'])
export class GuessCount {
  /** SHA-256 of the person or the network, in hex, so that text of any length and alphabet fits the key. */
  @Column({ type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin', primary: true })
  subject!: string;

  @IntColumn()
  guesses!: number;

  /** End of the window, by the database's clock. */
  @DateTimeColumn()
  endsAt!: Date;
}
