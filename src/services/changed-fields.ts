import { isDeepStrictEqual } from 'node:util';

/** Value as JSON has it: without classes, and with dates as texts. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/**
 * Completes a message for the audit trail with the names of the fields that a patch changes, without their values:
 * "The product Archive was changed: name, position." Call it before the patch is written, which changes `row`.
 */
export function changeMessage<T extends object>(
  subject: string,
  row: T,
  patch: { [Name in keyof T]?: unknown },
): string {
  const names = Object.entries(patch).flatMap(([name, value]) =>
    isDeepStrictEqual(plain(value), plain(row[name as keyof T])) ? [] : [name],
  );
  return names.length > 0 ? `${subject} changed: ${names.join(', ')}.` : `${subject} saved without changes.`;
}
