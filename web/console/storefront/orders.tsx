import { type OrderState, OrdersDocument } from '../../generated/graphql';
import { DataList, rangeOf, valuesOf } from '../parts/list';
import { useListState } from '../parts/list-state';
import { useOrderColumns } from '../parts/order-columns';
import { Page } from '../parts/page';
import { Empty } from '../parts/states';

/** Page of the viewer's orders, newest first. */
export function MyOrders() {
  const list = useListState();
  const columns = useOrderColumns();
  const search = list.read('search') || null;
  return (
    <Page title="Orders">
      <DataList
        name="orders"
        label="Orders"
        query={OrdersDocument}
        variables={{
          filter: {
            search,
            states: valuesOf<OrderState>(list.read('states')),
            placedAt: rangeOf(list.read('placed')),
          },
        }}
        connection={data => data.orders}
        typenames="Order"
        columns={columns}
        filters={[
          { kind: 'search', name: 'search', label: 'customer or order number' },
          { kind: 'dates', name: 'placed', label: 'Placed' },
        ]}
        href={order => `/orders/${order.id}`}
        empty={<Empty title="Nothing ordered yet">What you order appears here, with its provisioning.</Empty>}
      />
    </Page>
  );
}
