import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';

import type { CatalogSnapshot } from '../catalog';
import {
  Account,
  type Addon,
  ApiKey,
  BasketLine,
  CancellationRequest,
  CatalogImport,
  Charge,
  CloudSubscription,
  Invitation,
  Mail,
  Node,
  Order,
  OrderLine,
  type Product,
  ProvisioningOperation,
  SubscriptionChange,
  User,
  Webhook,
  WebhookDelivery,
} from '../entities';
import { requestError } from '../errors';
import { type Actor, isAdministrator } from '../policies';
import { type Context, requireActor } from '../services/context';
import { providersOf } from '../services/lists/providers';
import { type EntityClass, findById, findOwnBasket } from '../store';
import { loadVisible } from './load-visible';

type Find = (id: string, context: Context) => Promise<Node | null> | Node | null;

/** Nodes that have an owner: absent without a token, and where the viewer may not see them. */
const owned =
  (entity: EntityClass<Node>): Find =>
  (id, context) =>
    context.actor && loadVisible(requireActor(context), entity, id);

/** Nodes that only administrators see. */
const administrative =
  (find: (id: string, context: Context) => Promise<Node | null> | Node | undefined): Find =>
  async (id, context) =>
    isAdministrator(context.actor) ? ((await find(id, context)) ?? null) : null;

/** A basket, or a line of one: only the user whose basket it is. */
const ownBasket = (basketId: string, { db }: Context, actor: Actor) =>
  findOwnBasket(db, basketId, actor.userId);

/** Products and add-ons: published ones for everybody, and those in any state for administrators. */
const catalogItem =
  (find: (catalog: CatalogSnapshot, id: string) => Product | Addon | undefined): Find =>
  async (id, { actor, catalog, db }) => {
    if (isAdministrator(actor)) return find(await catalog.snapshotFor(db), id) ?? null;
    const item = find(catalog.current, id);
    return item?.published ? item : null;
  };

/** Finders of nodes by the prefix of their ids. */
const finders: Readonly<Record<string, Find>> = {
  usr: owned(User),
  acc: owned(Account),
  ord: owned(Order),
  sub: owned(CloudSubscription),
  op: owned(ProvisioningOperation),
  can: owned(CancellationRequest),
  chg: owned(SubscriptionChange),
  chr: owned(Charge),
  key: owned(ApiKey),
  inv: owned(Invitation),
  mail: owned(Mail),
  hook: owned(Webhook),
  dlv: owned(WebhookDelivery),
  svc: (id, { catalog }) => [...catalog.current.allServices()].find(service => service.id === id) ?? null,
  prv: (id, { catalog }) => providersOf(catalog.current).find(provider => provider.id === id) ?? null,
  pl: administrative((id, { catalog }) => catalog.current.findPriceList(id)),
  imp: administrative((id, { db }) => findById(db, CatalogImport, id)),
  cat: (id, { catalog }) => catalog.current.category(id) ?? null,
  prod: catalogItem((catalog, id) => catalog.findProduct(id)),
  add: catalogItem((catalog, id) => catalog.findAddon(id)),
  bkt: async (id, context) => (context.actor && (await ownBasket(id, context, context.actor))) ?? null,
  line: async (id, context) => {
    const line = context.actor && (await findById(context.db, BasketLine, id));
    const basket = line && context.actor && (await ownBasket(line.basketId, context, context.actor));
    return basket ? line : null;
  },
  oln: async (id, context) => {
    const line = context.actor && (await context.load.orderLine.load(id));
    const order = line && (await loadVisible(requireActor(context), Order, line.orderId));
    return order ? (line as OrderLine) : null;
  },
};

const MAX_IDS = 100;

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'The object with an id. Null if there is none that the viewer can see.',
  })
  node(@Arg('id', () => ID, { description: 'Id of the object.' }) id: string, @Ctx() context: Context) {
    const prefix = id.slice(0, id.lastIndexOf('_'));
    return (Object.hasOwn(finders, prefix) && finders[prefix]?.(id, context)) || null;
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: `The objects with up to ${MAX_IDS} ids, in the order of the ids. Null for an id without an object that the viewer can see.`,
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'Ids of the objects.' }) ids: string[],
    @Ctx() context: Context,
  ) {
    if (ids.length > MAX_IDS)
      throw requestError('BAD_USER_INPUT', `\`ids\` can contain at most ${MAX_IDS} ids.`);
    return Promise.all(ids.map(id => this.node(id, context)));
  }
}
