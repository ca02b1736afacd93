import { OrdersDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { useListState } from '../parts/list-state';
import { OrderList } from '../parts/order-list';
import { Page } from '../parts/page';
import { PageButtons } from '../parts/pages';
import { SearchField } from '../parts/search-field';
import { Empty, Failed, Waiting } from '../parts/states';

/** Page of the viewer's orders, newest first. */
export function MyOrders() {
  const list = useListState();
  const search = list.read('search') || null;
  const { data, error } = useLiveQuery(OrdersDocument, { filter: { search }, ...list.page }, 'Order');
  return (
    <Page title="Orders">
      <SearchField list={list} label="customer or order number" />
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {data?.orders.nodes.length === 0 && (
        <Empty title={search ? 'No orders here' : 'Nothing ordered yet'}>
          {!search && 'What you order appears here, with its provisioning.'}
        </Empty>
      )}
      {data && <OrderList orders={data.orders.nodes} />}
      {data && <PageButtons list={list} info={data.orders.pageInfo} />}
    </Page>
  );
}
