import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Addon, LifecycleState, ListedPrice, nullable } from '../../entities';
import { isAdministrator } from '../../policies';
import { createAddon, updateAddon } from '../../services/administration/catalog/addons';
import { findCatalogAddons } from '../../services/administration/catalog/find-items';
import { publish, retire } from '../../services/administration/catalog/lifecycle';
import { type Context, requireActor } from '../../services/context';
import { AddonConnection } from '../types/connection';
import { Input } from '../types/fields';
import { SearchArgs } from '../types/page-args';
import { changedObject, loadedPayload, PayloadMutation } from '../types/payloads';
import { CreateAddonInput, PublishAddonInput, RetireAddonInput, UpdateAddonInput } from './types/addon';
import { attributeList, ProviderAttribute } from './types/provider-attribute';

const ADDON = { addon: changedObject(Addon) };
const ITEM = { entity: Addon, label: 'add-on', field: 'addonId' };

const changed = loadedPayload('addon', ({ catalog }, id) => catalog.current.addon(id));

@Resolver(() => Addon)
export class AddonAdministrationResolver {
  @Query(() => AddonConnection, {
    description: 'Add-ons in any state, oldest first. Administrators only.',
  })
  async catalogAddons(
    @Arg('states', () => [LifecycleState], nullable('States to include. Defaults to all.')) states:
      | LifecycleState[]
      | null,
    @Args() args: SearchArgs,
    @Ctx() context: Context,
  ) {
    return AddonConnection.of(await findCatalogAddons(requireActor(context), { ...args, states }));
  }

  @PayloadMutation(ADDON, 'Creates an add-on as a draft. Administrators only.')
  createAddon(@Input() input: CreateAddonInput, @Ctx() context: Context) {
    return changed(context, caller => createAddon(caller, input));
  }

  @PayloadMutation(ADDON, 'Updates an add-on. Administrators only.')
  updateAddon(@Input() input: UpdateAddonInput, @Ctx() context: Context) {
    return changed(context, caller => updateAddon(caller, input));
  }

  @PayloadMutation(
    ADDON,
    'Publishes a draft or retired add-on: it can be ordered from now on. Administrators only.',
  )
  publishAddon(@Input() input: PublishAddonInput, @Ctx() context: Context) {
    return changed(context, caller => publish(caller, 'publishAddon', ITEM, { ...input, id: input.addonId }));
  }

  @PayloadMutation(
    ADDON,
    'Retires an add-on: it can no longer be ordered. Existing orders and subscriptions keep it. Administrators only.',
  )
  retireAddon(@Input() input: RetireAddonInput, @Ctx() context: Context) {
    return changed(context, caller => retire(caller, 'retireAddon', ITEM, { ...input, id: input.addonId }));
  }

  @FieldResolver(() => [ProviderAttribute], {
    nullable: true,
    description:
      'Attributes that the provider requires with one unit. Null unless the viewer is an administrator.',
  })
  providerAttributes(@Root() addon: Addon, @Ctx() { actor }: Context): ProviderAttribute[] | null {
    return isAdministrator(actor) ? attributeList(addon.providerAttributes) : null;
  }

  @FieldResolver(() => [ListedPrice], {
    nullable: true,
    description: 'Prices of the add-on on all price lists. Null unless the viewer is an administrator.',
  })
  listedPrices(@Root() { id }: Addon, @Ctx() { actor, catalog }: Context): readonly ListedPrice[] | null {
    return isAdministrator(actor) ? catalog.current.listedPricesOf(id) : null;
  }
}
