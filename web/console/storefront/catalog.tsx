import { Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { CategoriesDocument, type ProductFieldsFragment } from '../../generated/graphql';
import { cycle, money, ON_REQUEST, storage } from '../parts/format';
import { Page } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/states';

/** Page of the catalog: categories with their products. */
export function Catalog() {
  const [{ data, error }] = useQuery({ query: CategoriesDocument });
  return (
    <Page title="Shop" lead="Storage and backup for your customers, at your prices.">
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {data?.categories.length === 0 && <Empty title="Nothing is sold yet" />}
      {data?.categories.map(category => (
        <Stack key={category.id} component="section" gap="sm" aria-labelledby={category.slug}>
          <div>
            <Title order={2} size="h3" id={category.slug}>
              {category.name}
            </Title>
            <Text c="dimmed" size="sm">
              {category.description}
            </Text>
          </div>
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
            {category.products.nodes.map(product => (
              <ProductCard key={product.id} product={product} />
            ))}
          </SimpleGrid>
        </Stack>
      ))}
    </Page>
  );
}

function ProductCard({ product }: { product: ProductFieldsFragment }) {
  const [price] = product.prices;
  return (
    <Card withBorder padding="lg" component="article">
      <Stack gap="md" h="100%" justify="space-between">
        <div>
          <Title order={3} size="h4">
            {product.name}
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
            <Text fw={500}>{ON_REQUEST}</Text>
          )}
          <Button component={Link} href={`/shop/${product.sku}`} aria-label={`Choose ${product.name}`}>
            Choose
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
