import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import {
  type BillingCycle,
  PastPricesDocument,
  type PastPricesQuery,
  PricedItemDocument,
} from '../../generated/graphql';
import { atMinute, cycle, money } from '../parts/format';
import { type Column, DataList } from '../parts/list';
import { Page } from '../parts/page';
import { Empty } from '../parts/states';

type Row = PastPricesQuery['pastPrices']['nodes'][number] & { readonly id: string };

/** Page of the former prices of an item on a price list. */
export function PastPrices(props: { itemId: string; priceListId: string; billingCycle: BillingCycle }) {
  const { t } = useTranslation('catalog');
  const { itemId, priceListId, billingCycle } = props;
  const [{ data }] = useQuery({ query: PricedItemDocument, variables: { itemId, priceListId } });
  const { item, list } = data ?? {};
  const kind = item?.__typename === 'Addon' ? 'addons' : 'products';
  const columns: readonly Column<Row>[] = [
    {
      id: 'price',
      header: t('prices.price'),
      narrow: true,
      cell: row => money(row.unitPrice),
      text: row => row.unitPrice.amount,
    },
    {
      id: 'from',
      header: t('prices.from'),
      cell: row => (row.validFrom ? atMinute(row.validFrom) : t('prices.withCatalog')),
      text: row => row.validFrom ?? '',
    },
    {
      id: 'until',
      header: t('prices.until'),
      narrow: true,
      cell: row => atMinute(row.validUntil),
      text: row => row.validUntil,
    },
    {
      id: 'by',
      header: t('prices.setBy'),
      cell: row => <bdi>{row.setBy?.name ?? ''}</bdi>,
      text: row => row.setBy?.name ?? '',
    },
  ];
  const listName = list?.__typename === 'PriceList' ? list.code : '';
  const itemName = item?.__typename === 'Product' || item?.__typename === 'Addon' ? item.name : '';
  return (
    <Page
      title={t('prices.pastOf', {
        name: t('prices.of', { cycle: cycle(billingCycle).name, list: listName }),
      })}
      lead={
        <Anchor component={Link} href={`/catalog/${kind}/${itemId}`}>
          <bdi>{itemName}</bdi>
        </Anchor>
      }
    >
      <DataList
        name="past-prices"
        label={t('prices.past')}
        query={PastPricesDocument}
        variables={{ itemId, priceListId, billingCycle }}
        connection={({ pastPrices }) => ({
          ...pastPrices,
          // A price has no id: its version is unique within the list.
          nodes: pastPrices.nodes.map(price => ({ ...price, id: String(price.version) })),
        })}
        typenames="PastPrice"
        columns={columns}
        filters={[]}
        empty={<Empty title={t('prices.noPast')} />}
      />
    </Page>
  );
}
