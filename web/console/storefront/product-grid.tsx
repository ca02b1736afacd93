import { Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ProductFieldsFragment } from '../../generated/graphql';
import { cycle, money, onRequest, storage } from '../parts/format';

/** Cards of products. */
export const ProductGrid = ({ products }: { products: readonly ProductFieldsFragment[] }) => (
  <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
    {products.map(product => (
      <ProductCard key={product.id} product={product} />
    ))}
  </SimpleGrid>
);

function ProductCard({ product }: { product: ProductFieldsFragment }) {
  const { t } = useTranslation('storefront');
  const [price] = product.prices;
  const size = storage(product.capacityBytes);
  return (
    <Card withBorder padding="lg" component="article">
      <Stack gap="md" h="100%" justify="space-between">
        <div>
          <Title order={3} size="h4">
            <bdi>{product.name}</bdi>
          </Title>
          <Text size="sm" c="dimmed">
            {product.addons.length > 0 ? t('catalog.canGrow', { size }) : size}
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
          <Button
            component={Link}
            href={`/shop/${product.sku}`}
            aria-label={t('catalog.chooseName', { name: product.name })}
          >
            {t('catalog.choose')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
