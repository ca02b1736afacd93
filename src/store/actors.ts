import { currentTime } from '../clock';
import { columns, placeholders, type Session, type Value } from '../database';
import { Account, ApiKey, type ApiKeyScope, type Role, User, UserSession } from '../entities';
import { type Actor, keyActor } from '../policies';
import { isPerson } from './persons';

interface Row {
  userId: string;
  roles: string | Role[];
  accountId: string | null;
  resellerId: string | null;
  priceListId: string | null;
  /** JSON array. Null for none. */
  deputizedIds: string | string[] | null;
}

const u = columns(User, 'u');
const a = columns(Account, 'a');
const s = columns(UserSession, 's');
const k = columns(ApiKey, 'k');

const m = columns(User, 'm');

/** Account managers for whom a member of staff acts as deputy at this moment. */
const DEPUTIZED = `IF(${u.accountId} IS NULL, (SELECT JSON_ARRAYAGG(${m.id}) FROM ${m.table}
  WHERE ${m.deputyId} = ${u.id} AND (${m.deputyFrom} IS NULL OR ${m.deputyFrom} <= NOW(3))
    AND (${m.deputyUntil} IS NULL OR ${m.deputyUntil} > NOW(3))), NULL)`;
const SELECT = `SELECT ${u.id} AS userId, ${u.roles}, ${u.accountId}, ${a.resellerId}, ${a.priceListId},
  ${DEPUTIZED} AS deputizedIds`;
const FROM = `FROM ${u.table} LEFT JOIN ${a.table} ON ${a.id} = ${u.accountId}`;
/** Condition that neither the user nor its account is deactivated. */
const ACTIVE = `${u.deactivatedAt} IS NULL AND ${a.deactivatedAt} IS NULL`;
/** Join of a session that has not ended, neither by itself nor with all sessions of its user. */
const BY_SESSION = `JOIN ${s.table} ON ${s.userId} = ${u.id} AND ${s.revokedAt} IS NULL
  AND (${s.userVersion} IS NULL OR ${s.userVersion} = ${u.sessionVersion})`;

const parseJson = <T>(value: string | T): T => (typeof value === 'string' ? (JSON.parse(value) as T) : value);

function toActor({ roles, deputizedIds, ...row }: Row): Actor {
  const deputized = deputizedIds === null ? [] : parseJson(deputizedIds).sort();
  return { ...row, roles: parseJson(roles), ...(deputized.length > 0 && { deputizedIds: deputized }) };
}

async function readActors(session: Session, rest: string, values: readonly Value[]): Promise<Actor[]> {
  const rows = await session.rows<Row>(`${SELECT} ${FROM} ${rest}`, values);
  return rows.map(toActor);
}

/** Finds actors by user id, with their current rights. Deleted and deactivated users are missing. */
export async function findActors(session: Session, userIds: readonly string[]): Promise<Map<string, Actor>> {
  const actors = await readActors(
    session,
    `WHERE ${u.id} IN ${placeholders(userIds)} AND ${ACTIVE}`,
    userIds,
  );
  return new Map(actors.map(actor => [actor.userId, actor]));
}

/** Finds the active person with this e-mail address in its canonical form. */
export async function findActorOfEmail(session: Session, email: string): Promise<Actor | null> {
  const [actor] = await readActors(session, `WHERE ${u.email} = ? AND ${isPerson(u.id)} AND ${ACTIVE}`, [
    email,
  ]);
  return actor ?? null;
}

/** Finds the active user of a session that has not ended, while the version of the user's sessions is unchanged. */
export async function findActorOfSession(
  session: Session,
  { userId, sessionId, sessionVersion }: { userId: string; sessionId: string; sessionVersion: number },
): Promise<Actor | null> {
  const [actor] = await readActors(
    session,
    `${BY_SESSION} WHERE ${s.id} = ? AND ${u.id} = ? AND ${u.sessionVersion} = ? AND ${ACTIVE}`,
    [sessionId, userId, sessionVersion],
  );
  return actor ? { ...actor, sessionId } : null;
}

/** Finds the active users of these sessions, by session. Ended sessions are missing. */
export async function findActorsOfSessions(
  session: Session,
  sessionIds: readonly string[],
): Promise<Map<string, Actor>> {
  const rows = await session.rows<Row & { sessionId: string }>(
    `${SELECT}, ${s.id} AS sessionId ${FROM} ${BY_SESSION}
     WHERE ${s.id} IN ${placeholders(sessionIds)} AND ${ACTIVE}`,
    sessionIds,
  );
  return new Map(rows.map(row => [row.sessionId, { ...toActor(row), sessionId: row.sessionId }]));
}

/** Valid API key, and the actor that it acts as. */
export interface KeyHolder {
  actor: Actor;
  secretHash: string;
  expiresAt: Date;
}

/** Finds the holders of these API keys, by key. Missing are revoked and expired keys, and those whose user lost its roles. */
export async function findKeyHolders(
  session: Session,
  keyIds: readonly string[],
): Promise<Map<string, KeyHolder>> {
  type KeyRow = Row & { keyId: string; scopes: string | ApiKeyScope[]; secretHash: string; expiresAt: Date };
  const rows = await session.rows<KeyRow>(
    `${SELECT}, ${k.id} AS keyId, ${k.scopes}, ${k.secretHash}, ${k.expiresAt}
     ${FROM} JOIN ${k.table} ON ${k.userId} = ${u.id}
     WHERE ${k.id} IN ${placeholders(keyIds)} AND ${k.revokedAt} IS NULL AND ${k.expiresAt} > ? AND ${ACTIVE}`,
    [...keyIds, currentTime()],
  );
  return new Map(
    rows.flatMap(({ keyId, scopes, secretHash, expiresAt, ...user }) => {
      const actor = keyActor(toActor(user), { id: keyId, scopes: parseJson(scopes) });
      return actor ? [[keyId, { actor, secretHash, expiresAt }] as const] : [];
    }),
  );
}
