import { Column, Entity, Index } from 'typeorm';
import { DateTimeColumn, ForeignColumn, IdColumn, IntColumn } from './columns';
import { User } from './user';

/**
 * Session that a sign-in starts. It lives while its refresh token is used in time, and ends with `revokedAt`. A
 * refresh token can be exchanged once; the hash of its successor replaces it. Reuse of an older token means theft,
 * except within the grace period, and ends the session.
 */
@Entity('sessions')
@Index(['userId'])
@Index(['expiresAt'])
export class UserSession {
  @IdColumn()
  id!: string;

  @ForeignColumn(() => User)
  userId!: string;

  /** SHA-256 of the refresh token's secret, in hex. The token itself is not stored. */
  @Column({ type: 'char', length: 64, charset: 'ascii' })
  refreshHash!: string;

  /** Hash of the previous token, which was exchanged for the current one. */
  @Column({ type: 'char', length: 64, charset: 'ascii', nullable: true })
  previousHash!: string | null;

  /** SHA-256 of the part that all refresh tokens of the session share. Null for a session of a release without it. */
  @Column({ type: 'char', length: 64, charset: 'ascii', nullable: true })
  familyHash!: string | null;

  /** Salt that derives the current token from the previous one. */
  @Column({ type: 'char', length: 64, charset: 'ascii', nullable: true })
  rotationSalt!: string | null;

  /** `sessionVersion` of the user at the start. A later one ends the session. Null as `familyHash` is. */
  @IntColumn({ nullable: true })
  userVersion!: number | null;

  @DateTimeColumn()
  createdAt!: Date;

  @DateTimeColumn()
  rotatedAt!: Date;

  /** Expiry of the session. Every refresh extends it. */
  @DateTimeColumn()
  expiresAt!: Date;

  @DateTimeColumn({ nullable: true })
  revokedAt!: Date | null;
}
