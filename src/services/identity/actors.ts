import type { Session, Value } from '../../database';
import type { ApiKeyScope, Role } from '../../entities';
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

const parsed = <T>(value: string | T): T => (typeof value === 'string' ? (JSON.parse(value) as T) : value);

async function readActor(session: Session, rest: string, values: readonly Value[]): Promise<Actor | null> {
  const [row] = await session.rows<Row>(`${SELECT} ${FROM} ${rest}`, values);
  return row ? { ...row, roles: parsed(row.roles) } : null;
}

/** Who the user is now: roles and account as the database has them, whatever they were when the token was given. */
function findActor(session: Session, userId: string): Promise<Actor | null> {
  return readActor(session, 'WHERE u.id = ?', [userId]);
}

/** Who has this e-mail, for tokens of another issuer. */
export function findActorByEmail(session: Session, email: string): Promise<Actor | null> {
  return readActor(session, 'WHERE u.email = ?', [email.toLowerCase().slice(0, 255)]);
}

/** Whom a token of ours speaks for, unless its session has ended or the user's sessions were all ended since. */
export async function findActorOfToken(session: Session, claims: TokenClaims): Promise<Actor | null> {
  const { userId, sessionId, sessionVersion } = claims;
  const actor = await readActor(
    session,
    `JOIN sessions s ON s.id = ? AND s.userId = u.id AND s.revokedAt IS NULL
     WHERE u.id = ? AND u.sessionVersion = ?`,
    [sessionId, userId, sessionVersion],
  );
  return actor && { ...actor, sessionId };
}

/** A key that may still be used, and as whom. */
export interface KeyHolder {
  actor: Actor;
  secretHash: string;
  expiresAt: Date;
}

/** As whom the key acts; null for one that is gone, revoked or expired. */
export async function findKeyHolder(session: Session, keyId: string): Promise<KeyHolder | null> {
  const [row] = await session.rows<
    Row & { scopes: string | ApiKeyScope[]; secretHash: string; expiresAt: Date }
  >(
    `${SELECT}, k.scopes, k.secretHash, k.expiresAt ${FROM} JOIN api_keys k ON k.userId = u.id
     WHERE k.id = ? AND k.revokedAt IS NULL AND k.expiresAt > ?`,
    [keyId, new Date()],
  );
  if (!row) return null;
  const { scopes, secretHash, expiresAt, ...user } = row;
  const apiKey = { id: keyId, scopes: parsed(scopes) };
  return { actor: { ...user, roles: parsed(row.roles), apiKey }, secretHash, expiresAt };
}

/** The same caller as it is now; null where what it came in with is no longer good. */
export async function renewActor(session: Session, actor: Actor): Promise<Actor | null> {
  if (actor.apiKey) return (await findKeyHolder(session, actor.apiKey.id))?.actor ?? null;
  const { userId, sessionId } = actor;
  if (!sessionId) return findActor(session, userId);
  const now = await readActor(
    session,
    'JOIN sessions s ON s.id = ? AND s.userId = u.id AND s.revokedAt IS NULL WHERE u.id = ?',
    [sessionId, userId],
  );
  return now && { ...now, sessionId };
}
