import { Column, Entity } from 'typeorm';
import { DateTimeColumn, IdColumn } from './columns';

/** Network address from which an administrator has signed in. */
@Entity('sign_in_addresses')
export class SignInAddress {
  @IdColumn()
  userId!: string;

  /** SHA-256 of the user and the address, in hex. */
  @Column({ type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin', primary: true })
  addressHash!: string;

  @DateTimeColumn()
  seenAt!: Date;
}
