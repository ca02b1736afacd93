import { Column, Entity, Index } from 'typeorm';
import { DateTimeColumn, IdColumn, RefColumn } from './columns';

/** Result of the first call with an idempotency key, written in the transaction of its effect. */
@Entity('idempotency_keys')
@Index(['createdAt'])
export class IdempotencyKey {
  @IdColumn()
  userId!: string;

  @Column({ type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin', primary: true })
  mutation!: string;

  @Column({ name: 'idempotencyKey', type: 'varchar', length: 255, collation: 'utf8mb4_bin', primary: true })
  idempotencyKey!: string;

  /** SHA-256 of the input, in hex. A repeat of the key with another input is refused. */
  @Column({ type: 'char', length: 64, charset: 'ascii' })
  fingerprint!: string;

  /** Id of the row that the mutation created or changed. */
  @RefColumn()
  resultId!: string;

  @DateTimeColumn()
  createdAt!: Date;
}
