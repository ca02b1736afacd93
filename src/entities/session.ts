import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { DateTimeColumn, IdColumn, IntColumn, RefColumn } from './columns';
import { User } from './user';

/**
 * What a sign-in began: it lives as long as its refresh token is used in time, and ends with `revokedAt`. A refresh
 * token is good once; its successor's hash takes its place. A token that was exchanged before, but for the one that was
 * exchanged in the last seconds, has been stolen: the session ends.
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

  /** SHA-256 of what all refresh tokens of the session share. Null for a session of a release without it. */
  @Column({ type: 'char', length: 64, charset: 'ascii', nullable: true })
  familyHash!: string | null;

  /** Derives the token from the one that was exchanged for it. */
  @Column({ type: 'char', length: 64, charset: 'ascii', nullable: true })
  rotationSalt!: string | null;

  /** `sessionVersion` of the user when the session began: it ends when that moves. Null as `familyHash` is. */
  @IntColumn({ nullable: true })
  userVersion!: number | null;

  @DateTimeColumn()
  createdAt!: Date;

  @DateTimeColumn()
  rotatedAt!: Date;

  /** Moves on with every refresh. */
  @DateTimeColumn()
  expiresAt!: Date;

  @DateTimeColumn({ nullable: true })
  revokedAt!: Date | null;
}
