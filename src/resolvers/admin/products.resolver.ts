import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Addon, LifecycleState, ListedPrice, nullable, Product } from '../../entities';
import { isAdministrator } from '../../policies';
import { findCatalogProducts } from '../../services/administration/catalog/find-items';
import { publish, retire } from '../../services/administration/catalog/lifecycle';
import {
  createProduct,
  setProductAddons,
  updateProduct,
} from '../../services/administration/catalog/products';
import { type Context, requireActor } from '../../services/context';
import { ProductConnection } from '../types/connection';
import { Input } from '../types/fields';
import { SearchArgs } from '../types/page-args';
import {
  CreateProductInput,
  ProductInput,
  ProductPayload,
  SetProductAddonsInput,
  UpdateProductInput,
} from './types/product';
import { attributeList, ProviderAttribute } from './types/provider-attribute';

const PRODUCT = { entity: Product, label: 'product', field: 'productId' };

const changed = ProductPayload.byId(({ catalog }, id) => catalog.current.product(id));

@Resolver(() => Product)
export class ProductAdministrationResolver {
  @Query(() => ProductConnection, {
    description: 'Products of whatever state, in the order of the storefront. For administrators.',
  })
  async catalogProducts(
    @Arg('states', () => [LifecycleState], nullable('Only in these states.')) states: LifecycleState[] | null,
    @Args() args: SearchArgs,
    @Ctx() context: Context,
  ) {
    return ProductConnection.of(await findCatalogProducts(requireActor(context), { ...args, states }));
  }

  @Mutation(() => ProductPayload, { description: 'Makes a product; it is not sold yet. For administrators.' })
  createProduct(@Input() input: CreateProductInput, @Ctx() context: Context) {
    return changed(context, caller => createProduct(caller, input));
  }

  @Mutation(() => ProductPayload, { description: 'Changes a product. For administrators.' })
  updateProduct(@Input() input: UpdateProductInput, @Ctx() context: Context) {
    return changed(context, caller => updateProduct(caller, input));
  }

  @Mutation(() => ProductPayload, {
    description: 'Says which add-ons go with a product. For administrators.',
  })
  setProductAddons(@Input() input: SetProductAddonsInput, @Ctx() context: Context) {
    return changed(context, caller => setProductAddons(caller, input));
  }

  @Mutation(() => ProductPayload, {
    description: 'Sells a product from now on, again if it was retired. For administrators.',
  })
  publishProduct(@Input() input: ProductInput, @Ctx() context: Context) {
    return changed(context, caller =>
      publish(caller, 'publishProduct', PRODUCT, { ...input, id: input.productId }),
    );
  }

  @Mutation(() => ProductPayload, {
    description: 'Sells a product no more; what was ordered before goes on. For administrators.',
  })
  retireProduct(@Input() input: ProductInput, @Ctx() context: Context) {
    return changed(context, caller =>
      retire(caller, 'retireProduct', PRODUCT, { ...input, id: input.productId }),
    );
  }

  @FieldResolver(() => [Addon], {
    nullable: true,
    description: 'All add-ons that go with it, sold or not. Null for all but administrators.',
  })
  assignedAddons(@Root() { id }: Product, @Ctx() { actor, catalog }: Context): readonly Addon[] | null {
    return isAdministrator(actor) ? catalog.current.assignedAddonsOf(id) : null;
  }

  @FieldResolver(() => [ProviderAttribute], {
    nullable: true,
    description: 'What the provider wants with an order of it. Null for all but administrators.',
  })
  providerAttributes(@Root() product: Product, @Ctx() { actor }: Context): ProviderAttribute[] | null {
    return isAdministrator(actor) ? attributeList(product.providerAttributes) : null;
  }

  @FieldResolver(() => [ListedPrice], {
    nullable: true,
    description: 'What it costs on every list that names it. Null for all but administrators.',
  })
  listedPrices(@Root() { id }: Product, @Ctx() { actor, catalog }: Context): readonly ListedPrice[] | null {
    return isAdministrator(actor) ? catalog.current.listedPricesOf(id) : null;
  }
}
