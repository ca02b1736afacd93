import { currentTime } from '../../clock';
import { list, type Session, type Value } from '../../database';
import { type ApiKeyScope, assertedEmail, type Role } from '../../entities';
import type { Actor } from '../../policies';
import type { TokenClaims } from './tokens';

interface Row {
  userId: string;
  roles: string | Role[];
  accountId: string | null;
  resellerId: string | null;
  priceListId: string | null;
}

const SELECT = 'SELECT u.id AS userId, u.roles, u.accountId, a.resellerId, a.priceListId';
const FROM = 'FROM users u LEFT JOIN accounts a ON a.id = u.accountId';
/** Neither the user nor its account is deactivated. */
const ACTIVE = 'u.deactivatedAt IS NULL AND a.deactivatedAt IS NULL';
/** A session that was not ended, by itself or with all others of its user. */
const BY_SESSION = `JOIN sessions s ON s.userId = u.id AND s.revokedAt IS NULL
  AND (s.userVersion IS NULL OR s.userVersion = u.sessionVersion)`;
/** A user is a person unless an API key acts as it. */
const PERSON = 'NOT EXISTS (SELECT 1 FROM api_keys k WHERE k.userId = u.id)';

const parsed = <T>(value: string | T): T => (typeof value === 'string' ? (JSON.parse(value) as T) : value);

async function readActors(session: Session, rest: string, values: readonly Value[]): Promise<Actor[]> {
  const rows = await session.rows<Row>(`${SELECT} ${FROM} ${rest}`, values);
  return rows.map(row => ({ ...row, roles: parsed(row.roles) }));
}

/**
 * Who these users are now: roles and account as the database has them, whatever they were when a token was given. One
 * that is gone or deactivated is missing.
 */
export async function findActors(session: Session, userIds: readonly string[]): Promise<Map<string, Actor>> {
  const actors = await readActors(session, `WHERE u.id IN ${list(userIds)} AND ${ACTIVE}`, userIds);
  return new Map(actors.map(actor => [actor.userId, actor]));
}

/** The active person with this e-mail, for tokens of another issuer. Null where the issuer may mean somebody else. */
export async function findActorByEmail(session: Session, asserted: string): Promise<Actor | null> {
  const email = assertedEmail(asserted);
  if (email === undefined) return null;
  const [actor] = await readActors(session, `WHERE u.email = ? AND ${PERSON} AND ${ACTIVE}`, [email]);
  return actor ?? null;
}

/** Whom a token of ours speaks for, unless its session has ended or the user's sessions were all ended since. */
export async function findActorOfToken(session: Session, claims: TokenClaims): Promise<Actor | null> {
  const { userId, sessionId, sessionVersion } = claims;
  const [actor] = await readActors(
    session,
    `${BY_SESSION} WHERE s.id = ? AND u.id = ? AND u.sessionVersion = ? AND ${ACTIVE}`,
    [sessionId, userId, sessionVersion],
  );
  return actor ? { ...actor, sessionId } : null;
}

/** Who goes on with these sessions, by session; one that has ended is missing. */
export async function findActorsOfSessions(
  session: Session,
  sessionIds: readonly string[],
): Promise<Map<string, Actor>> {
  const rows = await session.rows<Row & { sessionId: string }>(
    `${SELECT}, s.id AS sessionId ${FROM} ${BY_SESSION} 
     WHERE s.id IN ${list(sessionIds)} AND ${ACTIVE}`,
    sessionIds,
  );
  return new Map(rows.map(row => [row.sessionId, { ...row, roles: parsed(row.roles) }]));
}

/** A key that may still be used, and as whom. */
export interface KeyHolder {
  actor: Actor;
  secretHash: string;
  expiresAt: Date;
}

/** As whom these keys act, by key; one that is gone, revoked or expired is missing. */
export async function findKeyHolders(
  session: Session,
  keyIds: readonly string[],
): Promise<Map<string, KeyHolder>> {
  type KeyRow = Row & { keyId: string; scopes: string | ApiKeyScope[]; secretHash: string; expiresAt: Date };
  const rows = await session.rows<KeyRow>(
    `${SELECT}, k.id AS keyId, k.scopes, k.secretHash, k.expiresAt ${FROM} JOIN api_keys k ON k.userId = u.id
     WHERE k.id IN ${list(keyIds)} AND k.revokedAt IS NULL AND k.expiresAt > ? AND ${ACTIVE}`,
    [...keyIds, currentTime()],
  );
  return new Map(
    rows.map(({ keyId, scopes, secretHash, expiresAt, ...user }) => {
      const apiKey = { id: keyId, scopes: parsed(scopes) };
      return [keyId, { actor: { ...user, roles: parsed(user.roles), apiKey }, secretHash, expiresAt }];
    }),
  );
}
