import { currentTime } from '../../../clock';
import { type Addon, LifecycleState, type Product } from '../../../entities';
import { Refusal, simple } from '../../../errors';
import type { Action } from '../../../policies';
import { type EntityClass, findPublicPriceList, hasPrice, updateVersioned } from '../../../store';
import type { ActorContext } from '../../context';
import { editCatalog } from './edit-catalog';
import { findItem } from './items';

/** Kind of a catalog item: its entity, its label in messages, and the input field with its id. */
export interface CatalogItemType<T extends Product | Addon> {
  entity: EntityClass<T>;
  label: string;
  field: string;
}

/** Id of an item, with the version that the caller has read. */
export interface ItemReference {
  id: string;
  expectedVersion?: number | null;
}

/** Publishes an item, also after its retirement. Requires a public price. Resolves to its id. */
export function publish<T extends Product | Addon>(
  context: ActorContext,
  action: Action,
  { entity, label: what, field }: CatalogItemType<T>,
  { id, expectedVersion }: ItemReference,
): Promise<string> {
  return editCatalog(context, action, async tx => {
    const item = await findItem<Product | Addon>(tx, entity, what, field, id, expectedVersion);
    if (item.state === LifecycleState.PUBLISHED) return { result: id, message: null, about: [] };
    const list = await findPublicPriceList(tx);
    if (!(await hasPrice(tx, list?.id ?? '', id))) {
      const message = `${item.name} has no price on the public list. Set one first.`;
      throw new Refusal([simple('INVALID_STATE', message, [field])]);
    }
    await updateVersioned<Product | Addon>(tx, entity, item, { published: true, retiredAt: null });
    return { result: id, message: `${item.name} is sold from now on.`, about: [id] };
  });
}

/** Retires an item. Orders and subscriptions still show it. Resolves to its id. */
export function retire<T extends Product | Addon>(
  context: ActorContext,
  action: Action,
  { entity, label: what, field }: CatalogItemType<T>,
  { id, expectedVersion }: ItemReference,
): Promise<string> {
  return editCatalog(context, action, async tx => {
    const item = await findItem<Product | Addon>(tx, entity, what, field, id, expectedVersion);
    if (item.state === LifecycleState.RETIRED) return { result: id, message: null, about: [] };
    await updateVersioned<Product | Addon>(tx, entity, item, { published: false, retiredAt: currentTime() });
    return { result: id, message: `${item.name} is retired.`, about: [id] };
  });
}

/** Refuses a change of a field that existing orders depend on. */
export function refuseIfSold(item: Product | Addon, field: string, changed: boolean): void {
  if (!changed || item.state === LifecycleState.DRAFT) return;
  const message = `${item.name} has been sold as it is. Make another one, and retire this one.`;
  throw new Refusal([simple('INVALID_STATE', message, [field])]);
}
