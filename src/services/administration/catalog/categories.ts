import { z } from 'zod';
import type { Transaction } from '../../../database';
import { Category } from '../../../entities';
import { invalid, Refusal } from '../../../errors';
import { insertInto, updateVersioned } from '../../../store';
import { changeMessage } from '../../changed-fields';
import type { ActorContext } from '../../context';
import { isGiven, parseInput, patchField } from '../../input';
import { changedDescription, description, name, position, slug, withoutUndefined } from './catalog-input';
import { addToCatalog, editCatalog, type KeyedInput } from './edit-catalog';
import { findItem, refuseTaken } from './items';

const fields = z.object({ slug, name, description, position });
const changes = z.object({
  slug: patchField(slug),
  name: patchField(name),
  description: changedDescription,
  position: patchField(position),
});

/** Fields of a category. Fields omitted from a change keep their values. */
export type CategoryInput = z.input<typeof changes> & { parentId?: string | null };

/** Creates a category. Resolves to its id. */
export function createCategory(context: ActorContext, input: CategoryInput & KeyedInput): Promise<string> {
  return addToCatalog(context, 'createCategory', 'cat', input, async (tx, id) => {
    const row = parseInput(fields, { ...input, position: input.position ?? 0 });
    await refuseTaken(tx, Category, 'slug', row.slug);
    const parentId = input.parentId ?? null;
    if (parentId !== null) await findItem(tx, Category, 'category', 'parentId', parentId);
    await insertInto(tx, Category, { ...row, id, parentId });
    return `The category ${row.name} was made.`;
  });
}

/** Changes a category, or moves it below another one, or to the top if `parentId` is null. Resolves to its id. */
export function updateCategory(
  context: ActorContext,
  input: CategoryInput & { categoryId: string; expectedVersion?: number | null },
): Promise<string> {
  return editCatalog(context, 'updateCategory', async tx => {
    const patch = withoutUndefined(parseInput(changes, input));
    const { categoryId, expectedVersion, parentId } = input;
    const category = await findItem(tx, Category, 'category', 'categoryId', categoryId, expectedVersion);
    await refuseTaken(tx, Category, 'slug', patch.slug, category.id);
    if (isGiven(parentId)) await refuseLoop(tx, category.id, parentId);
    const moved = { ...patch, ...(parentId !== undefined && { parentId }) };
    const message = changeMessage(`The category ${category.name} was`, category, moved);
    await updateVersioned(tx, Category, category, moved);
    return { result: category.id, message, about: [category.id] };
  });
}

/** Refuses a parent that is the category itself or one of its descendants. */
async function refuseLoop(tx: Transaction, id: string, parentId: string): Promise<void> {
  let above = await findItem(tx, Category, 'category', 'parentId', parentId);
  for (;;) {
    if (above.id === id) {
      throw new Refusal([
        invalid(['parentId'], 'A category cannot be its own parent or ancestor. Choose another parent.'),
      ]);
    }
    if (above.parentId === null) return;
    above = await findItem(tx, Category, 'category', 'parentId', above.parentId);
  }
}
