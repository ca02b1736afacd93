import { isId } from '../entities';
import { requestError } from '../errors';

/** Type of a part of a sort key. `time` is a date in milliseconds. */
export type KeyType = 'string' | 'number' | 'time' | 'id';

/** Part of a sort key as it is in a cursor. Null for an absent value. */
export type KeyPart = string | number | null;

/** List that a cursor belongs to: one list refuses the cursors of another. */
export interface CursorScope {
  name: string;
  /** Types of the parts of a key. The last part is unique. */
  parts: readonly KeyType[];
}

const isPart: Readonly<Record<KeyType, (part: unknown) => boolean>> = {
  string: part => part === null || typeof part === 'string',
  number: part => Number.isSafeInteger(part),
  time: part => part === null || Number.isSafeInteger(part),
  id: part => typeof part === 'string' && isId(part),
};

/** Encodes the key of an item of the list `name`. */
export function encodeKey(name: string, key: readonly unknown[]): string {
  const parts = key.map(part => (part instanceof Date ? part.getTime() : part));
  return Buffer.from(JSON.stringify([name, ...parts])).toString('base64url');
}

/** Decodes a cursor. Undefined without a cursor. Throws BAD_CURSOR for other text, naming the argument. */
export function decodeKey(
  { name, parts }: CursorScope,
  argument: 'after' | 'before',
  cursor: string | null | undefined,
): KeyPart[] | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  try {
    const [list, ...key] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, ...KeyPart[]];
    const fits = key.length === parts.length && parts.every((type, index) => isPart[type](key[index]));
    if (list === name && fits) return key;
  } catch {
    // Not a cursor: rejected below.
  }
  throw requestError('BAD_CURSOR', `\`${argument}\` is not a cursor of this list.`);
}
