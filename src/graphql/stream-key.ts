import { createHash } from 'node:crypto';
import type { AdmittedOperation } from './request';

/**
 * Key of a subscription: the same for operations whose messages are the same. The root argument `after` is left out,
 * because it only says where in the stream a reader starts.
 */
export function streamKey({ plan, variables }: Pick<AdmittedOperation, 'plan' | 'variables'>): string {
  const places = new Set(
    plan.selection.fields.map(({ slot }) =>
      slot === undefined ? undefined : plan.slots[slot]?.variables.after,
    ),
  );
  const values = Object.entries(variables).filter(([name]) => !places.has(name));
  const bigints = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
  return createHash('sha256')
    .update(JSON.stringify([plan.id, values], bigints))
    .digest('base64url');
}
