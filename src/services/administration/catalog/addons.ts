import { z } from 'zod';
import { Addon } from '../../../entities';
import { invalid, Refusal } from '../../../errors';
import { insertInto, updateVersioned } from '../../../store';
import { changeMessage } from '../../changed-fields';
import type { ActorContext } from '../../context';
import { optional, parseInput, patchField } from '../../input';
import {
  bytes,
  changedDescription,
  description,
  name,
  providerAttributes,
  sku,
  withoutUndefined,
} from './catalog-input';
import { addToCatalog, editCatalog, type KeyedInput } from './edit-catalog';
import { findItem, refuseTaken } from './items';
import { refuseIfSold } from './lifecycle';

const quantity = z.int().min(1, { error: 'The quantity must be 1 or more' });
const fields = z.object({
  sku,
  name,
  description,
  incrementBytes: bytes,
  minQuantity: quantity,
  maxQuantity: optional(quantity),
  providerAttributes,
});
const changes = z.object({
  sku: patchField(sku),
  name: patchField(name),
  description: changedDescription,
  incrementBytes: patchField(bytes),
  minQuantity: patchField(quantity),
  maxQuantity: quantity.nullable().optional(),
  providerAttributes: patchField(providerAttributes),
});

/** Fields of an add-on. Fields omitted from a change keep their values. */
export type AddonInput = z.input<typeof changes>;

/** Creates a draft add-on. Resolves to its id. */
export function createAddon(context: ActorContext, input: AddonInput & KeyedInput): Promise<string> {
  return addToCatalog(context, 'createAddon', 'add', input, async (tx, id) => {
    const { minQuantity, providerAttributes: attributes } = input;
    const row = parseInput(fields, {
      ...input,
      minQuantity: minQuantity ?? 1,
      providerAttributes: attributes ?? [],
    });
    refuseBounds(row);
    await refuseTaken(tx, Addon, 'sku', row.sku);
    await insertInto(tx, Addon, { ...row, id, published: false });
    return `The add-on ${row.name} was made.`;
  });
}

/** Changes an add-on. A published or retired one keeps its SKU and its increment. Resolves to its id. */
export function updateAddon(
  context: ActorContext,
  input: AddonInput & { addonId: string; expectedVersion?: number | null },
): Promise<string> {
  return editCatalog(context, 'updateAddon', async tx => {
    const patch = withoutUndefined(parseInput(changes, input));
    const { addonId, expectedVersion } = input;
    const addon = await findItem(tx, Addon, 'add-on', 'addonId', addonId, expectedVersion);
    refuseIfSold(addon, 'sku', patch.sku !== undefined && patch.sku !== addon.sku);
    const { incrementBytes = addon.incrementBytes } = patch;
    refuseIfSold(addon, 'incrementBytes', incrementBytes !== addon.incrementBytes);
    const { minQuantity = addon.minQuantity, maxQuantity = addon.maxQuantity } = patch;
    refuseBounds({ minQuantity, maxQuantity });
    await refuseTaken(tx, Addon, 'sku', patch.sku, addonId);
    const message = changeMessage(`The add-on ${addon.name} was`, addon, patch);
    await updateVersioned(tx, Addon, addon, patch);
    return { result: addonId, message, about: [addonId] };
  });
}

function refuseBounds({ minQuantity, maxQuantity }: Pick<Addon, 'minQuantity' | 'maxQuantity'>): void {
  if (maxQuantity === null || minQuantity <= maxQuantity) return;
  throw new Refusal([invalid(['maxQuantity'], 'The maximum quantity is below the minimum quantity.')]);
}
