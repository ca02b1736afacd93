import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import type { UseQueryState } from 'urql';
import { Link } from 'wouter';
import type { CategoriesQuery } from '../../generated/graphql';
import { Empty, Failed, Waiting } from '../parts/states';
import { ProductGrid } from './product-grid';

/** Categories of the catalog, each with its first products. */
export function Categories({ result }: { result: UseQueryState<CategoriesQuery> }) {
  const { t } = useTranslation('storefront');
  const { data, error } = result;
  if (!data) return error ? <Failed error={error} /> : <Waiting />;
  if (data.categories.length === 0) return <Empty title={t('catalog.nothingSold')} />;
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
          <Trans
            ns="storefront"
            i18nKey="catalog.showAllOf"
            values={{ name, count: products.totalCount }}
            components={{ name: <bdi /> }}
          />
        </Anchor>
      )}
    </Stack>
  ));
}
