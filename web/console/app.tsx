import { Redirect, Route, Switch, useLocation } from 'wouter';
import { FeedProvider } from './live/feed-context';
import { OperationPage } from './live/operation-page';
import { LiveRoom } from './live/room';
import { Cancellations } from './office/cancellations';
import { Failures } from './office/failures';
import { OfficeOrders } from './office/orders';
import { PlaceOrder } from './office/place-order';
import { Page } from './parts/page';
import { Empty } from './parts/states';
import { mayOpen } from './rooms';
import { useSession } from './session/session';
import { SignIn } from './session/sign-in';
import { isStaff, useViewer, ViewerProvider } from './session/viewer';
import { Shell } from './shell';
import { BasketPage } from './storefront/basket-page';
import { Catalog } from './storefront/catalog';
import { Checkout } from './storefront/checkout';
import { OrderPage } from './storefront/order-page';
import { MyOrders } from './storefront/orders';
import { ProductPage } from './storefront/product-page';
import { SubscriptionPage } from './storefront/subscription-page';
import { Subscriptions } from './storefront/subscriptions';

/** The console: the sign-in form, then the views of the user's roles. */
export function App() {
  const { token } = useSession();
  if (!token) return <SignIn />;
  return (
    <FeedProvider token={token}>
      <ViewerProvider>
        <Shell>
          <Rooms />
        </Shell>
      </ViewerProvider>
    </FeedProvider>
  );
}

function Rooms() {
  const viewer = useViewer();
  const [location] = useLocation();
  const home = isStaff(viewer) ? '/office/orders' : '/shop';
  if (viewer.roles.length === 0) {
    return (
      <Page title="No role yet">
        <Empty title="You cannot open anything yet">An administrator gives you a role.</Empty>
      </Page>
    );
  }
  if (!mayOpen(viewer, location)) {
    return (
      <Page title="Not for your role">
        <Empty title="This page is for users with another role">Choose a room above.</Empty>
      </Page>
    );
  }
  return (
    <Switch>
      <Route path="/shop" component={Catalog} />
      <Route path="/shop/:sku">{({ sku }) => <ProductPage sku={sku} />}</Route>
      <Route path="/basket" component={BasketPage} />
      <Route path="/checkout" component={Checkout} />
      <Route path="/orders" component={MyOrders} />
      <Route path="/orders/:id">{({ id }) => <OrderPage id={id} />}</Route>
      <Route path="/subscriptions" component={Subscriptions} />
      <Route path="/subscriptions/:id">{({ id }) => <SubscriptionPage id={id} />}</Route>
      <Route path="/office/orders" component={OfficeOrders} />
      <Route path="/office/place" component={PlaceOrder} />
      <Route path="/office/cancellations" component={Cancellations} />
      <Route path="/office/failures" component={Failures} />
      <Route path="/live" component={LiveRoom} />
      <Route path="/live/:id">{({ id }) => <OperationPage id={id} />}</Route>
      <Route path="/">
        <Redirect to={home} replace />
      </Route>
      <Route>
        <Empty title="There is nothing at this address">Choose a room above.</Empty>
      </Route>
    </Switch>
  );
}
