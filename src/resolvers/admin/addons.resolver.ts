import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Addon, LifecycleState, ListedPrice, nullable } from '../../entities';
import { isAdministrator } from '../../policies';
import { createAddon, updateAddon } from '../../services/administration/catalog/addons';
import { findCatalogAddons } from '../../services/administration/catalog/find-items';
import { publish, retire } from '../../services/administration/catalog/lifecycle';
import { type Context, requireActor } from '../../services/context';
import { AddonConnection } from '../types/connection';
import { Input } from '../types/fields';
import { SearchArgs } from '../types/page-args';
import { AddonInput, AddonPayload, CreateAddonInput, UpdateAddonInput } from './types/addon';
import { attributeList, ProviderAttribute } from './types/provider-attribute';

const ADDON = { entity: Addon, label: 'add-on', field: 'addonId' };

const changed = AddonPayload.byId(({ catalog }, id) => catalog.current.addon(id));

@Resolver(() => Addon)
export class AddonAdministrationResolver {
  @Query(() => AddonConnection, {
    description: 'Add-ons of whatever state, oldest first. For administrators.',
  })
  async catalogAddons(
    @Arg('states', () => [LifecycleState], nullable('Only in these states.')) states: LifecycleState[] | null,
    @Args() args: SearchArgs,
    @Ctx() context: Context,
  ) {
    return AddonConnection.of(await findCatalogAddons(requireActor(context), { ...args, states }));
  }

  @Mutation(() => AddonPayload, { description: 'Makes an add-on; it is not sold yet. For administrators.' })
  createAddon(@Input() input: CreateAddonInput, @Ctx() context: Context) {
    return changed(context, caller => createAddon(caller, input));
  }

  @Mutation(() => AddonPayload, { description: 'Changes an add-on. For administrators.' })
  updateAddon(@Input() input: UpdateAddonInput, @Ctx() context: Context) {
    return changed(context, caller => updateAddon(caller, input));
  }

  @Mutation(() => AddonPayload, {
    description: 'Sells an add-on from now on, again if it was retired. For administrators.',
  })
  publishAddon(@Input() input: AddonInput, @Ctx() context: Context) {
    return changed(context, caller =>
      publish(caller, 'publishAddon', ADDON, { ...input, id: input.addonId }),
    );
  }

  @Mutation(() => AddonPayload, {
    description: 'Sells an add-on no more; what was ordered before goes on. For administrators.',
  })
  retireAddon(@Input() input: AddonInput, @Ctx() context: Context) {
    return changed(context, caller => retire(caller, 'retireAddon', ADDON, { ...input, id: input.addonId }));
  }

  @FieldResolver(() => [ProviderAttribute], {
    nullable: true,
    description: 'What the provider wants with a unit of it. Null for all but administrators.',
  })
  providerAttributes(@Root() addon: Addon, @Ctx() { actor }: Context): ProviderAttribute[] | null {
    return isAdministrator(actor) ? attributeList(addon.providerAttributes) : null;
  }

  @FieldResolver(() => [ListedPrice], {
    nullable: true,
    description: 'What it costs on every list that names it. Null for all but administrators.',
  })
  listedPrices(@Root() { id }: Addon, @Ctx() { actor, catalog }: Context): readonly ListedPrice[] | null {
    return isAdministrator(actor) ? catalog.current.listedPricesOf(id) : null;
  }
}
