import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { CatalogProductDocument, type CatalogProductFieldsFragment } from '../../generated/graphql';
import { History } from '../history/history';
import { Page } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/states';
import { ItemLead } from './item-lead';
import { Prices } from './prices';
import { ProductAddons } from './product-addons';
import { ProductForm } from './product-form';
import { ProductLifecycle } from './product-lifecycle';

/** Page of a product in any state. */
export function CatalogProductPage({ id }: { id: string }) {
  const { t } = useTranslation('catalog');
  const [{ data, error }] = useQuery({ query: CatalogProductDocument, variables: { id } });
  if (data?.node?.__typename === 'Product') return <Product key={id} product={data.node} />;
  return (
    <Page title={t('products.title')}>
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {data && <Empty title={t('products.missing')} />}
    </Page>
  );
}

function Product({ product }: { product: CatalogProductFieldsFragment }) {
  return (
    <Page
      title={product.name}
      lead={<ItemLead item={product} detail={product.service.name} />}
      aside={<ProductLifecycle product={product} />}
    >
      <Stack maw={960} gap="lg">
        <ProductForm product={product} />
        <ProductAddons product={product} />
        <Prices itemId={product.id} prices={product.listedPrices ?? []} />
        <History objectId={product.id} />
      </Stack>
    </Page>
  );
}
