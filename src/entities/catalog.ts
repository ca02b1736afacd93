import { Field, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { DateTimeColumn, ForeignColumn, IdColumn, IntColumn, JsonColumn } from './columns';
import { LifecycleState } from './enums';
import { Node, NodeType } from './node';
import { Service } from './service';
import { BigIntField, CodeField, IntField, TextField, VersionField } from './shown-columns';

/** Record of the catalog that administrators change. */
@ObjectType({ simpleResolvers: true })
abstract class CatalogRecord extends Node {
  @VersionField({ default: 1 })
  version!: number;

  @TextField('Display name.')
  name!: string;

  @TextField('Human-readable description.', { nullable: true, length: 2000 })
  description!: string | null;
}

/** Record of the catalog that is sold. */
@ObjectType({ simpleResolvers: true })
abstract class CatalogItem extends CatalogRecord {
  @CodeField("Unique stock-keeping unit (SKU). Also the provider's product id.", { unique: true, length: 64 })
  sku!: string;

  /** Whether the item is in the storefront's catalog. */
  @Column({ type: 'boolean' })
  published!: boolean;

  /** Time of retirement. Null for an item that is sold, or never was. */
  @DateTimeColumn({ nullable: true })
  retiredAt!: Date | null;

  @Field(() => LifecycleState, { description: 'Lifecycle state.' })
  get state(): LifecycleState {
    if (this.retiredAt) return LifecycleState.RETIRED;
    return this.published ? LifecycleState.PUBLISHED : LifecycleState.DRAFT;
  }

  /** Attributes that the provider requires with an order of one unit. */
  @JsonColumn()
  providerAttributes!: Record<string, string>;
}

/** Group of products in the storefront. */
@Entity('categories')
@NodeType('A category of products in the storefront.')
export class Category extends CatalogRecord {
  @CodeField('URL-safe identifier, unique among categories: `impossible-cloud`.', {
    unique: true,
    length: 100,
  })
  slug!: string;

  @ForeignColumn(() => Category, { nullable: true })
  parentId!: string | null;

  @IntField('Position among its siblings.')
  position!: number;
}

/** Base license of a service, in one edition. */
@Entity('products')
@NodeType('A base license of a service.')
export class Product extends CatalogItem {
  @CodeField('URL-safe identifier, unique among products.', { unique: true, length: 100 })
  slug!: string;

  @ForeignColumn(() => Service)
  serviceId!: string;

  @ForeignColumn(() => Category)
  categoryId!: string;

  @BigIntField('Storage that one license grants, in bytes (1 TB = 10^12).')
  capacityBytes!: number;

  @IntField('Position in its category.')
  position!: number;

  /** Service, category and add-ons are not columns: the catalog snapshot links them once. */
  @Field(() => Service, { description: 'Service that the product licenses.' })
  service!: Service;

  @Field(() => Category, { description: 'Category of the product.' })
  category!: Category;

  @Field(() => [Addon], { description: 'Published add-ons of the product.' })
  addons!: readonly Addon[];
}

/** Extra that is bought on top of a product. */
@Entity('addons')
@NodeType('An extra for a product, such as more storage.')
export class Addon extends CatalogItem {
  @BigIntField('Storage that one unit adds, in bytes (1 TB = 10^12).')
  incrementBytes!: number;

  @IntField('Minimum number of units in one order.')
  minQuantity!: number;

  @IntField('Maximum number of units that one subscription can hold. Null for no limit.', { nullable: true })
  maxQuantity!: number | null;
}

/** Link between a product and an add-on that can be ordered with it. */
@Entity('product_addons')
export class ProductAddon {
  @IdColumn(() => Product)
  productId!: string;

  @IdColumn(() => Addon)
  addonId!: string;

  @IntColumn()
  position!: number;
}

/** Version of the catalog, in one row. Increments in the transaction of every change. */
@Entity('catalog_version')
export class CatalogVersion {
  @Column({ type: 'tinyint', primary: true })
  id!: number;

  @IntColumn()
  version!: number;
}
