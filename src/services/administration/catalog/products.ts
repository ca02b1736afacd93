import { z } from 'zod';
import { Category, Product, Service } from '../../../entities';
import { invalid, notFound, Refusal, refuseIf } from '../../../errors';
import {
  findAddons,
  findById,
  findProductAddons,
  insertInto,
  replaceAddonsOf,
  updateVersioned,
} from '../../../store';
import { changeMessage } from '../../changed-fields';
import type { ActorContext } from '../../context';
import { parseInput, patchField } from '../../input';
import {
  bytes,
  changedDescription,
  description,
  name,
  position,
  providerAttributes,
  sku,
  slug,
  withoutUndefined,
} from './catalog-input';
import { addToCatalog, editCatalog, type KeyedInput } from './edit-catalog';
import { findItem, refuseTaken } from './items';
import { refuseIfSold } from './lifecycle';

const fields = z.object({ sku, slug, name, description, capacityBytes: bytes, providerAttributes, position });
const changes = z.object({
  sku: patchField(sku),
  slug: patchField(slug),
  name: patchField(name),
  description: changedDescription,
  categoryId: patchField(z.string()),
  capacityBytes: patchField(bytes),
  providerAttributes: patchField(providerAttributes),
  position: patchField(position),
});

/** Fields of a product. Fields omitted from a change keep their values. */
export type ProductInput = z.input<typeof changes>;

/** Creates a draft product. Set prices and add-ons, then call `publishProduct`. Resolves to its id. */
export function createProduct(
  context: ActorContext,
  input: ProductInput & KeyedInput & { serviceId: string; categoryId: string },
): Promise<string> {
  return addToCatalog(context, 'createProduct', 'prod', input, async (tx, id) => {
    const { serviceId, categoryId } = input;
    const filled = {
      ...input,
      providerAttributes: input.providerAttributes ?? [],
      position: input.position ?? 0,
    };
    const row = parseInput(fields, filled);
    if (!(await findById(tx, Service, serviceId))) {
      throw new Refusal([notFound('service', ['serviceId'])]);
    }
    await findItem(tx, Category, 'category', 'categoryId', categoryId);
    await refuseTaken(tx, Product, 'sku', row.sku);
    await refuseTaken(tx, Product, 'slug', row.slug);
    await insertInto(tx, Product, { ...row, id, serviceId, categoryId, published: false });
    return `The product ${row.name} was made.`;
  });
}

/** Changes a product. A published or retired one keeps its SKU and its capacity. Resolves to its id. */
export function updateProduct(
  context: ActorContext,
  input: ProductInput & { productId: string; expectedVersion?: number | null },
): Promise<string> {
  return editCatalog(context, 'updateProduct', async tx => {
    const patch = withoutUndefined(parseInput(changes, input));
    const { productId, expectedVersion } = input;
    const product = await findItem(tx, Product, 'product', 'productId', productId, expectedVersion);
    refuseIfSold(product, 'sku', patch.sku !== undefined && patch.sku !== product.sku);
    const { capacityBytes = product.capacityBytes } = patch;
    refuseIfSold(product, 'capacityBytes', capacityBytes !== product.capacityBytes);
    await refuseTaken(tx, Product, 'sku', patch.sku, productId);
    await refuseTaken(tx, Product, 'slug', patch.slug, productId);
    if (patch.categoryId !== undefined) {
      await findItem(tx, Category, 'category', 'categoryId', patch.categoryId);
    }
    const message = changeMessage(`The product ${product.name} was`, product, patch);
    await updateVersioned(tx, Product, product, patch);
    return { result: productId, message, about: [productId] };
  });
}

const MAX_ADDONS = 100;

/** Replaces the add-ons of a product, in display order. Resolves to its id. */
export function setProductAddons(
  context: ActorContext,
  input: { productId: string; addonIds: readonly string[]; expectedVersion?: number | null },
): Promise<string> {
  return editCatalog(context, 'setProductAddons', async tx => {
    const { productId, addonIds, expectedVersion } = input;
    refuseIf(addonIdErrors(addonIds));
    const product = await findItem(tx, Product, 'product', 'productId', productId, expectedVersion);
    const found = new Set((await findAddons(tx, addonIds)).map(({ id }) => id));
    refuseIf(
      addonIds.flatMap((id, index) => (found.has(id) ? [] : [notFound('add-on', ['addonIds', index])])),
    );
    const former = (await findProductAddons(tx, [productId])).map(({ addonId }) => addonId);
    await replaceAddonsOf(tx, productId, addonIds);
    await updateVersioned(tx, Product, product, {});
    const added = addonIds.filter(id => !former.includes(id));
    const removed = former.filter(id => !addonIds.includes(id));
    const message = `The add-ons of ${product.name} were changed: ${added.length} added, ${removed.length} removed.`;
    return { result: productId, message, about: [productId, ...added, ...removed] };
  });
}

function addonIdErrors(ids: readonly string[]) {
  if (ids.length > MAX_ADDONS) {
    return [invalid(['addonIds'], `A product can have at most ${MAX_ADDONS} add-ons.`)];
  }
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index
      ? [invalid(['addonIds', index], 'The add-on occurs twice. List every add-on once.')]
      : [],
  );
}
