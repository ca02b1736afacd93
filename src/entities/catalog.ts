import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey } from 'typeorm';
import {
  BigIntColumn,
  CodeColumn,
  DateTimeColumn,
  IdColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from './columns';
import { LifecycleState } from './enums';
import { Node } from './node';
import { BigIntScalar } from './scalars';
import { Service } from './service';

function lifecycleOf({ published, retiredAt }: { published: boolean; retiredAt: Date | null }) {
  if (retiredAt) return LifecycleState.RETIRED;
  return published ? LifecycleState.PUBLISHED : LifecycleState.DRAFT;
}

/** Group of products in the storefront. */
@Entity('categories')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A category of products in the storefront.',
})
export class Category extends Node {
  @IdColumn()
  override id!: string;

  @Field(() => Int, {
    description: 'Increments with every change. Pass it as `expectedVersion` to reject concurrent edits.',
  })
  @IntColumn({ default: 1 })
  version!: number;

  @Field({ description: 'URL-safe identifier, unique among categories: `impossible-cloud`.' })
  @CodeColumn({ unique: true, length: 100 })
  slug!: string;

  @Field({ description: 'Display name.' })
  @TextColumn()
  name!: string;

  @Field(() => String, { nullable: true, description: 'Description for people.' })
  @TextColumn({ nullable: true, length: 2000 })
  description!: string | null;

  @RefColumn({ nullable: true })
  @ForeignKey(() => Category)
  parentId!: string | null;

  /** Position among its siblings. */
  @IntColumn()
  position!: number;
}

/** Base license of a service, in one edition. */
@Entity('products')
@ObjectType({ implements: Node, simpleResolvers: true, description: 'A base license of a service.' })
export class Product extends Node {
  @IdColumn()
  override id!: string;

  @Field(() => Int, {
    description: 'Increments with every change. Pass it as `expectedVersion` to reject concurrent edits.',
  })
  @IntColumn({ default: 1 })
  version!: number;

  @Field({ description: "Unique stock-keeping unit (SKU). Also the provider's product id." })
  @CodeColumn({ unique: true, length: 64 })
  sku!: string;

  @Field({ description: 'URL-safe identifier, unique among products.' })
  @CodeColumn({ unique: true, length: 100 })
  slug!: string;

  @Field({ description: 'Display name.' })
  @TextColumn()
  name!: string;

  @Field(() => String, { nullable: true, description: 'Description for people.' })
  @TextColumn({ nullable: true, length: 2000 })
  description!: string | null;

  @RefColumn()
  @ForeignKey(() => Service)
  serviceId!: string;

  @RefColumn()
  @ForeignKey(() => Category)
  categoryId!: string;

  @Field(() => BigIntScalar, {
    description: 'Storage that one license grants, in bytes (1 TB = 10^12).',
  })
  @BigIntColumn()
  capacityBytes!: number;

  /** Whether the product is in the storefront's catalog. */
  @Column({ type: 'boolean' })
  published!: boolean;

  /** Since when it is no longer sold; null for what is sold, or never was. */
  @DateTimeColumn({ nullable: true })
  retiredAt!: Date | null;

  @Field(() => LifecycleState, { description: 'Lifecycle state.' })
  get state(): LifecycleState {
    return lifecycleOf(this);
  }

  /** Attributes that the provider requires with an order of the product. */
  @JsonColumn()
  providerAttributes!: Record<string, string>;

  /** Position in its category. */
  @IntColumn()
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
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'An extra for a product, such as more storage.',
})
export class Addon extends Node {
  @IdColumn()
  override id!: string;

  @Field(() => Int, {
    description: 'Increments with every change. Pass it as `expectedVersion` to reject concurrent edits.',
  })
  @IntColumn({ default: 1 })
  version!: number;

  @Field({ description: "Unique stock-keeping unit (SKU). Also the provider's product id." })
  @CodeColumn({ unique: true, length: 64 })
  sku!: string;

  @Field({ description: 'Display name.' })
  @TextColumn()
  name!: string;

  @Field(() => String, { nullable: true, description: 'Description for people.' })
  @TextColumn({ nullable: true, length: 2000 })
  description!: string | null;

  @Field(() => BigIntScalar, { description: 'Storage that one unit adds, in bytes (1 TB = 10^12).' })
  @BigIntColumn()
  incrementBytes!: number;

  @Field(() => Int, { description: 'Minimum number of units in one order.' })
  @IntColumn()
  minQuantity!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Maximum number of units that one subscription can hold. Null for no limit.',
  })
  @IntColumn({ nullable: true })
  maxQuantity!: number | null;

  @Column({ type: 'boolean' })
  published!: boolean;

  /** Since when it is no longer sold; null for what is sold, or never was. */
  @DateTimeColumn({ nullable: true })
  retiredAt!: Date | null;

  @Field(() => LifecycleState, { description: 'Lifecycle state.' })
  get state(): LifecycleState {
    return lifecycleOf(this);
  }

  /** Attributes of one unit that the provider requires. */
  @JsonColumn()
  providerAttributes!: Record<string, string>;
}

/** Link between a product and an add-on that can be ordered with it. */
@Entity('product_addons')
export class ProductAddon {
  @IdColumn()
  @ForeignKey(() => Product)
  productId!: string;

  @IdColumn()
  @ForeignKey(() => Addon)
  addonId!: string;

  @IntColumn()
  position!: number;
}

/**
 * Version of the catalog, in one row. Increments with every change of categories, products, add-ons and prices, in
 * the same transaction.
 */
@Entity('catalog_version')
export class CatalogVersion {
  @Column({ type: 'tinyint', primary: true })
  id!: number;

  @IntColumn()
  version!: number;
}
