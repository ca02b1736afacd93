import { createHash } from 'node:crypto';
import { currentTime } from '../clock';
import { isDuplicate, isLockTimeout, type Session, type Transaction } from '../database';
import { Refusal, simple } from '../errors';
import type { Action } from '../policies';
import { findIdempotencyKey, insertIdempotencyKey } from '../store';
import type { ActorContext } from './context';

/** Call of a mutation with an idempotency key: its user, its name and its input. */
interface KeyedCall {
  userId: string;
  mutation: Action;
  key: string;
  /** Input from which the fingerprint is computed. */
  input: unknown;
}

/**
 * Carries out `work` in the transaction that takes the key for `resultId`, and resolves to that id; where another call
 * was quicker nothing is done, and it resolves to what that one made.
 */
export type CommitOnce = (resultId: string, work: (tx: Transaction) => Promise<void>) => Promise<string>;

/** Input with its key, which is not a part of the fingerprint. */
interface KeyedInput {
  idempotencyKey?: string | null;
}

type Attempt = (commit: CommitOnce) => Promise<string>;

/**
 * Carries out a mutation once, however often it is called with the same key: every call resolves to the id of what the
 * first one made. `attempt` looks at what it needs, without locks, and ends with `commit`; a refusal leaves the key free.
 * `key` is the caller's key as it was parsed; without one every call is carried out.
 */
export async function once(
  context: ActorContext,
  mutation: Action,
  key: string | null,
  input: KeyedInput,
  attempt: Attempt,
): Promise<string> {
  const { db } = context;
  if (key === null) {
    return attempt(async (resultId, work) => {
      await db.transaction(work);
      return resultId;
    });
  }
  const before = await findFirstResult(db, keyedCall(context, mutation, key, input));
  return before ?? onceByClaim(context, mutation, key, input, attempt);
}

/**
 * Carries out a mutation once, as `once` does, and does not look for an earlier call before `attempt`: a statement less for a
 * mutation whose `attempt` sees by itself what an earlier call did.
 */
export async function onceByClaim(
  context: ActorContext,
  mutation: Action,
  key: string,
  input: KeyedInput,
  attempt: Attempt,
): Promise<string> {
  const { db } = context;
  const keyed = keyedCall(context, mutation, key, input);
  const commit: CommitOnce = (resultId, work) =>
    db.transaction(async tx => {
      const first = await claimKey(tx, keyed, resultId);
      if (!first) await work(tx);
      return first ?? resultId;
    });
  try {
    return await attempt(commit);
  } catch (error) {
    // A concurrent call with the same key may have succeeded: its result counts, not this refusal.
    const meanwhile = error instanceof Refusal && (await findFirstResult(db, keyed));
    if (meanwhile) return meanwhile;
    throw error;
  }
}

const keyedCall = (
  { actor }: ActorContext,
  mutation: Action,
  key: string,
  { idempotencyKey: _, ...input }: KeyedInput,
): KeyedCall => ({ userId: actor.userId, mutation, key, input });

/** Sorts keys, so that equal inputs have the same fingerprint. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value instanceof Date) return value.toJSON();
  if (value === null || typeof value !== 'object') return value ?? null;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined && part !== null);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, part]) => [k, sortKeys(part)]),
  );
}

function fingerprint(input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(input)))
    .digest('hex');
}

/** Result of the first call with this key. Refuses with IDEMPOTENCY_KEY_REUSED if the input differs. */
async function findFirstResult(session: Session, keyed: KeyedCall): Promise<string | undefined> {
  const { userId, mutation, key: idempotencyKey } = keyed;
  const row = await findIdempotencyKey(session, { userId, mutation, idempotencyKey });
  if (row && row.fingerprint !== fingerprint(keyed.input)) {
    throw new Refusal([
      simple(
        'IDEMPOTENCY_KEY_REUSED',
        'This key was used with another input. Use a new key for a new request.',
        ['idempotencyKey'],
      ),
    ]);
  }
  return row?.resultId;
}

/** Claims the key, first in the transaction of its effect: a refusal frees it. Resolves to the result of an earlier call. */
async function claimKey(tx: Transaction, keyed: KeyedCall, resultId: string): Promise<string | undefined> {
  try {
    await insertIdempotencyKey(tx, {
      userId: keyed.userId,
      mutation: keyed.mutation,
      idempotencyKey: keyed.key,
      fingerprint: fingerprint(keyed.input),
      resultId,
      createdAt: currentTime(),
    });
    return undefined;
  } catch (error) {
    if (isDuplicate(error, 'PRIMARY')) return findFirstResult(tx, keyed);
    if (!isLockTimeout(error)) throw error;
    throw new Refusal([
      simple('IDEMPOTENCY_IN_PROGRESS', 'A call with this key is still running. Retry in a few seconds.', [
        'idempotencyKey',
      ]),
    ]);
  }
}
