import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { FeedProvider } from './live/feed-context';
import { homeOf, PAGES } from './pages';
import { LoadBoundary, PageNotLoaded } from './parts/load-boundary';
import { Page } from './parts/page';
import { Empty, Waiting } from './parts/states';
import { everybody } from './session/audience';
import { useSession } from './session/session';
import { SignIn } from './session/sign-in';
import { useViewer, ViewerProvider } from './session/viewer';
import { Shell } from './shell';

/** The console: the sign-in form, then the pages of the user's roles. */
export function App() {
  const { token } = useSession();
  if (!token) return <SignIn />;
  return (
    <FeedProvider token={token}>
      <ViewerProvider>
        <Shell>
          <Pages />
        </Shell>
      </ViewerProvider>
    </FeedProvider>
  );
}

function Pages() {
  const viewer = useViewer();
  const [location] = useLocation();
  if (!everybody(viewer)) return <Nothing reason="noRole" />;
  return (
    <LoadBoundary at={location} instead={<PageNotLoaded />}>
      <Suspense fallback={<Waiting />}>
        <Switch>
          {PAGES.map(({ path, audience, component: Opened }) => (
            <Route key={path} path={path}>
              {params => (audience(viewer) ? <Opened {...params} /> : <Nothing reason="notAllowed" />)}
            </Route>
          ))}
          <Route path="/">
            <Redirect to={homeOf(viewer)} replace />
          </Route>
          <Route>
            <Nothing reason="notFound" />
          </Route>
        </Switch>
      </Suspense>
    </LoadBoundary>
  );
}

/** Page in place of one that the viewer cannot open. */
function Nothing({ reason }: { reason: 'noRole' | 'notAllowed' | 'notFound' }) {
  const { t } = useTranslation();
  return (
    <Page title={t(`${reason}.title`)}>
      <Empty title={t(`${reason}.text`)}>{t(`${reason}.hint`)}</Empty>
    </Page>
  );
}
