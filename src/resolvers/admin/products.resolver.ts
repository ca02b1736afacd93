import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
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
import { changedObject, loadedPayload, PayloadMutation } from '../types/payloads';
import {
  CreateProductInput,
  PublishProductInput,
  RetireProductInput,
  SetProductAddonsInput,
  UpdateProductInput,
} from './types/product';
import { attributeList, ProviderAttribute } from './types/provider-attribute';

const PRODUCT = { product: changedObject(Product) };
const ITEM = { entity: Product, label: 'product', field: 'productId' };

const changed = loadedPayload('product', ({ catalog }, id) => catalog.current.product(id));

@Resolver(() => Product)
export class ProductAdministrationResolver {
  @Query(() => ProductConnection, {
    description: 'Products in any state, in the order of the storefront. Administrators only.',
  })
  async catalogProducts(
    @Arg('states', () => [LifecycleState], nullable('States to include. Defaults to all.')) states:
      | LifecycleState[]
      | null,
    @Args() args: SearchArgs,
    @Ctx() context: Context,
  ) {
    return ProductConnection.of(await findCatalogProducts(requireActor(context), { ...args, states }));
  }

  @PayloadMutation(PRODUCT, 'Creates a product as a draft. Administrators only.')
  createProduct(@Input() input: CreateProductInput, @Ctx() context: Context) {
    return changed(context, caller => createProduct(caller, input));
  }

  @PayloadMutation(PRODUCT, 'Updates a product. Administrators only.')
  updateProduct(@Input() input: UpdateProductInput, @Ctx() context: Context) {
    return changed(context, caller => updateProduct(caller, input));
  }

  @PayloadMutation(PRODUCT, 'Sets the add-ons of a product. Administrators only.')
  setProductAddons(@Input() input: SetProductAddonsInput, @Ctx() context: Context) {
    return changed(context, caller => setProductAddons(caller, input));
  }

  @PayloadMutation(
    PRODUCT,
    'Publishes a draft or retired product: it can be ordered from now on. Administrators only.',
  )
  publishProduct(@Input() input: PublishProductInput, @Ctx() context: Context) {
    return changed(context, caller =>
      publish(caller, 'publishProduct', ITEM, { ...input, id: input.productId }),
    );
  }

  @PayloadMutation(
    PRODUCT,
    'Retires a product: it can no longer be ordered. Existing orders and subscriptions keep it. Administrators only.',
  )
  retireProduct(@Input() input: RetireProductInput, @Ctx() context: Context) {
    return changed(context, caller =>
      retire(caller, 'retireProduct', ITEM, { ...input, id: input.productId }),
    );
  }

  @FieldResolver(() => [Addon], {
    nullable: true,
    description: 'All add-ons of the product, in any state. Null unless the viewer is an administrator.',
  })
  assignedAddons(@Root() { id }: Product, @Ctx() { actor, catalog }: Context): readonly Addon[] | null {
    return isAdministrator(actor) ? catalog.current.assignedAddonsOf(id) : null;
  }

  @FieldResolver(() => [ProviderAttribute], {
    nullable: true,
    description:
      'Attributes that the provider requires with an order of the product. Null unless the viewer is an administrator.',
  })
  providerAttributes(@Root() product: Product, @Ctx() { actor }: Context): ProviderAttribute[] | null {
    return isAdministrator(actor) ? attributeList(product.providerAttributes) : null;
  }

  @FieldResolver(() => [ListedPrice], {
    nullable: true,
    description: 'Prices of the product on all price lists. Null unless the viewer is an administrator.',
  })
  listedPrices(@Root() { id }: Product, @Ctx() { actor, catalog }: Context): readonly ListedPrice[] | null {
    return isAdministrator(actor) ? catalog.current.listedPricesOf(id) : null;
  }
}
