import { Anchor, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { CategoriesDocument, type ProductFieldsFragment, ProductsDocument } from '../../generated/graphql';
import { cycle, money, onRequest, storage } from '../parts/format';
import { type ListState, useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { PageButtons } from '../parts/pages';
import { SearchField } from '../parts/search-field';
import { Empty, Failed, Waiting } from '../parts/states';
import { useViewer } from '../session/viewer';

/** Page of the catalog: categories with their first products, or the products of a search or a category. */
export function Catalog() {
  const list = useListState();
  const isReseller = useViewer().roles.includes('RESELLER');
  const filtered = list.read('search') !== '' || list.read('category') !== '';
  return (
    <Page
      title="Shop"
      lead={isReseller ? 'Storage and backup for your customers, at your prices.' : 'Storage and backup.'}
    >
      <SearchField list={list} label="name, description or SKU" />
      {filtered ? <Products list={list} /> : <Categories />}
    </Page>
  );
}

function Categories() {
  const [{ data, error }] = useQuery({ query: CategoriesDocument });
  if (!data) return error ? <Failed error={error} /> : <Waiting />;
  if (data.categories.length === 0) return <Empty title="Nothing is sold yet" />;
  return data.categories.map(({ id, slug, name, description, children, products }) => (
    <Stack key={id} component="section" gap="sm" aria-labelledby={slug}>
      <div>
        <Title order={2} size="h3" id={slug}>
          <bdi>{name}</bdi>
        </Title>
        <Text c="dimmed" size="sm">
          {description}
        </Text>
      </div>
      <ProductGrid products={products.nodes} />
      {(products.totalCount > products.nodes.length || children.length > 0) && (
        <Anchor component={Link} href={`/shop?category=${encodeURIComponent(slug)}`}>
          Show all of {name}
        </Anchor>
      )}
    </Stack>
  ));
}

/** Products of a search or a category, page by page. */
function Products({ list }: { list: ListState }) {
  const [search, categorySlug] = [list.read('search') || null, list.read('category') || null];
  const [{ data, error, fetching }] = useQuery({
    query: ProductsDocument,
    variables: { filter: { search, categorySlug }, ...list.page },
  });
  const [categories] = useQuery({ query: CategoriesDocument });
  const category = categories.data?.categories.find(({ slug }) => slug === categorySlug);
  if (!data) return error ? <Failed error={error} /> : <Waiting />;
  const { totalCount, nodes, pageInfo } = data.products;
  const count = totalCount === 1 ? '1 product' : `${totalCount} products`;
  return (
    <Stack component="section" aria-labelledby="products" aria-busy={fetching}>
      <Group justify="space-between">
        <div role="status">
          <Title order={2} size="h3" id="products" style={{ overflowWrap: 'anywhere' }}>
            {[count, search && `for “${search}”`, categorySlug && `in ${category?.name ?? categorySlug}`]
              .filter(Boolean)
              .join(' ')}
          </Title>
        </div>
        <Anchor component={Link} href="/shop">
          Show all categories
        </Anchor>
      </Group>
      {totalCount === 0 && <Empty title="No products found">Try fewer words, or the SKU.</Empty>}
      <ProductGrid products={nodes} />
      <PageButtons list={list} info={pageInfo} names={['Previous', 'Next']} />
    </Stack>
  );
}

const ProductGrid = ({ products }: { products: readonly ProductFieldsFragment[] }) => (
  <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
    {products.map(product => (
      <ProductCard key={product.id} product={product} />
    ))}
  </SimpleGrid>
);

function ProductCard({ product }: { product: ProductFieldsFragment }) {
  const [price] = product.prices;
  return (
    <Card withBorder padding="lg" component="article">
      <Stack gap="md" h="100%" justify="space-between">
        <div>
          <Title order={3} size="h4">
            <bdi>{product.name}</bdi>
          </Title>
          <Text size="sm" c="dimmed">
            {storage(product.capacityBytes)}
            {product.addons.length > 0 && ', can grow with add-ons'}
          </Text>
        </div>
        <Group justify="space-between" align="flex-end">
          {price ? (
            <div>
              <Text fw={650} size="xl" lh={1.2}>
                {money(price.unitPrice)}
              </Text>
              <Text size="xs" c="dimmed">
                {cycle(price.billingCycle).each}
              </Text>
            </div>
          ) : (
            <Text fw={500}>{onRequest()}</Text>
          )}
          <Button component={Link} href={`/shop/${product.sku}`} aria-label={`Choose ${product.name}`}>
            Choose
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
