import { createHash } from 'node:crypto';
import type { AdmittedOperation } from './request';

/** Key of the messages of a subscription. Excludes `after`, which only sets where a reader starts. */
export function streamKey({ plan, variables }: Pick<AdmittedOperation, 'plan' | 'variables'>): string {
  const cursorVariables = new Set(
    plan.selection.fields.map(({ slot }) =>
      slot === undefined ? undefined : plan.slots[slot]?.variables.after,
    ),
  );
  const values = Object.entries(variables).filter(([name]) => !cursorVariables.has(name));
  const bigints = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
  return createHash('sha256')
    .update(JSON.stringify([plan.id, values], bigints))
    .digest('base64url');
}
