import type { BasketFieldsFragment } from '../../generated/graphql';
import { type Draft, type Edit, type Line, valuesOf } from './drafts';
import { chosenAddons } from './quantities';

const textOf = ({ friendlyName, quantity, addons }: Draft) =>
  JSON.stringify([
    friendlyName.trim(),
    quantity,
    chosenAddons(addons)
      .map(({ addonId, quantity: units }) => `${addonId} ${units}`)
      .sort(),
  ]);

/** Whether two drafts mean the same line. */
const isSame = (one: Draft, other: Draft | null) => other !== null && textOf(one) === textOf(other);

/** Next step for an edit, given the basket as it is. */
export type Next = { step: 'send'; line: Line; version: number } | { step: 'done' | 'conflict' | 'removed' };

/** Compares an edit with the line as it is now, so that a change made elsewhere is not overwritten. */
export function reconcile(
  lineId: string,
  edit: Pick<Edit, 'draft' | 'base' | 'sent'>,
  basket: BasketFieldsFragment | null,
): Next {
  const line = basket?.lines.find(({ id }) => id === lineId);
  if (!basket || !line) return { step: 'removed' };
  const now = valuesOf(line);
  if (isSame(now, edit.draft)) return { step: 'done' };
  if (!isSame(now, edit.base) && !isSame(now, edit.sent)) return { step: 'conflict' };
  return { step: 'send', line, version: basket.version };
}
