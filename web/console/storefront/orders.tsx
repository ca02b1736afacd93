import { OrdersDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { OrderList } from '../parts/order-list';
import { Page } from '../parts/page';
import { PageButtons, usePages } from '../parts/pages';
import { Empty, Failed, Waiting } from '../parts/states';

/** Page of the viewer's orders, newest first. */
export function MyOrders() {
  const pages = usePages();
  const { data, error } = useLiveQuery(OrdersDocument, { after: pages.after }, 'Order');
  return (
    <Page title="Orders">
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {data?.orders.nodes.length === 0 && (
        <Empty title="Nothing ordered yet">What you order appears here, with its provisioning.</Empty>
      )}
      {data && <OrderList orders={data.orders.nodes} />}
      {data && <PageButtons pages={pages} info={data.orders.pageInfo} />}
    </Page>
  );
}
