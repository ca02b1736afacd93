import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, MomentColumn, RefColumn } from './columns';
import { User } from './user';

/**
 * What a sign-in began: it lives as long as its refresh token is used in time, and ends with `revokedAt`. A refresh
 * token is good once; its successor's hash takes its place, and who comes with the one before it has stolen it or was
 * stolen from: both lose the session.
 */
@Entity('sessions')
@Index(['userId'])
@Index(['expiresAt'])
export class UserSession {
  @IdColumn()
  id!: string;

  @RefColumn()
  @ForeignKey(() => User)
  userId!: string;

  /** SHA-256 of the refresh token's secret, in hex: the token itself is nowhere. */
  @Column({ type: 'char', length: 64, charset: 'ascii' })
  refreshHash!: string;

  /** Of the token that was exchanged for it. */
  @Column({ type: 'char', length: 64, charset: 'ascii', nullable: true })
  previousHash!: string | null;

  @MomentColumn()
  createdAt!: Date;

  @MomentColumn()
  rotatedAt!: Date;

  /** Moves on with every refresh. */
  @MomentColumn()
  expiresAt!: Date;

  @MomentColumn({ nullable: true })
  revokedAt!: Date | null;
}
