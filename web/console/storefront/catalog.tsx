import { Button, Group, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { CategoriesDocument } from '../../generated/graphql';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { SearchField } from '../parts/search-field';
import { useViewer } from '../session/viewer';
import { Categories } from './categories';
import { Products } from './products';

/** Page of the catalog: categories with their first products, or the products of a search or a category. */
export function Catalog() {
  const { t } = useTranslation('storefront');
  const list = useListState();
  const [categories] = useQuery({ query: CategoriesDocument });
  const isReseller = useViewer().roles.includes('RESELLER');
  const category = list.read('category');
  const name = categories.data?.categories.find(({ slug }) => slug === category)?.name;
  const filtered = ['search', 'category', 'all'].some(name => list.read(name) !== '');
  return (
    <Page title={t('catalog.title')} lead={t(isReseller ? 'catalog.leadReseller' : 'catalog.lead')}>
      <Group gap="xs">
        <SearchField list={list} label={t('catalog.search')} />
        <NativeSelect
          aria-label={t('catalog.category')}
          data={[
            { value: '', label: t('catalog.everyCategory') },
            ...(categories.data?.categories.map(each => ({ value: each.slug, label: each.name })) ?? []),
          ]}
          value={category}
          onChange={event => list.filter('category', event.currentTarget.value)}
        />
        {!filtered && (
          <Button component={Link} href="/shop?all=1" variant="default">
            {t('catalog.showAll')}
          </Button>
        )}
      </Group>
      {filtered ? <Products list={list} category={name} /> : <Categories result={categories} />}
    </Page>
  );
}
