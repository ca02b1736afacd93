import { useTranslation } from 'react-i18next';
import { OrdersDocument } from '../../generated/graphql';
import { DataList } from '../parts/list';
import { useListState } from '../parts/list-state';
import { useOrderColumns, useOrderFilters } from '../parts/order-columns';
import { Page } from '../parts/page';
import { Empty } from '../parts/states';

/** Page of the viewer's orders, newest first. */
export function MyOrders() {
  const { t } = useTranslation('office');
  const list = useListState();
  const columns = useOrderColumns();
  const { filters, filter } = useOrderFilters(list);
  return (
    <Page title={t('list.orders')}>
      <DataList
        name="orders"
        label={t('list.orders')}
        query={OrdersDocument}
        variables={{ filter }}
        connection={data => data.orders}
        typenames="Order"
        columns={columns}
        filters={filters}
        href={({ id }) => `/orders/${id}`}
        total={count => t('list.orderCount', { count })}
        empty={<Empty title={t('list.nothingOrdered')}>{t('list.nothingOrderedHint')}</Empty>}
      />
    </Page>
  );
}
