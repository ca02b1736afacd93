import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ProductsDocument } from '../../generated/graphql';
import { useRows } from '../parts/list/use-rows';
import type { ListState } from '../parts/list-state';
import { Empty, Failed, Waiting } from '../parts/states';
import { ProductGrid } from './product-grid';

/** Products of a search or a category with its name, or all. A button shows more. */
export function Products({ list, category }: { list: ListState; category: string | undefined }) {
  const { t } = useTranslation('storefront');
  const [search, categorySlug] = [list.read('search') || null, list.read('category') || null];
  const { rows, total, more, loadMore, loadingMore, loaded, outdated, error } = useRows({
    name: 'products',
    query: ProductsDocument,
    variables: { filter: { search, categorySlug } },
    connection: data => data.products,
    typenames: 'Product',
    sort: null,
  });
  if (!loaded || outdated) return error ? <Failed error={error} /> : <Waiting />;
  const count = total ?? rows.length;
  const heading = [
    t('catalog.count', { count }),
    search && t('catalog.forSearch', { search }),
    categorySlug && t('catalog.inCategory', { category: category ?? categorySlug }),
  ];
  return (
    <Stack component="section" aria-labelledby="products" aria-busy={loadingMore}>
      <Group justify="space-between">
        <div role="status">
          <Title order={2} size="h3" id="products" style={{ overflowWrap: 'anywhere' }}>
            {heading.filter(Boolean).join(' ')}
          </Title>
        </div>
        <Anchor component={Link} href="/shop">
          {t('catalog.showCategories')}
        </Anchor>
      </Group>
      {count === 0 && <Empty title={t('catalog.nothingFound')}>{t('catalog.nothingFoundHint')}</Empty>}
      <ProductGrid products={rows} />
      {more && (
        <Group justify="center">
          <Text size="sm" c="dimmed" role="status">
            {t('catalog.shown', { shown: rows.length, count })}
          </Text>
          <Button variant="default" loading={loadingMore} onClick={loadMore}>
            {t('catalog.showMore')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
