import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { useQuery } from 'urql';
import { ViewerDocument, type ViewerQuery } from '../../generated/graphql';
import { Failed, Waiting } from '../parts/states';

type Known = 'email' | 'roles';

/** Signed-in user, who sees its own e-mail address and roles. */
export type Viewer = Omit<ViewerQuery['viewer'], Known> & {
  [Name in Known]: NonNullable<ViewerQuery['viewer'][Name]>;
} & {
  /** Whether it pays for its orders itself. Nobody pays before the first order. */
  readonly pays: boolean;
};

/** Delay before a failed query runs again, in milliseconds. */
const AGAIN_MS = 5000;

const ViewerContext = createContext<Viewer | null>(null);

/** Signed-in user. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('There is no viewer around this part.');
  return viewer;
}

const viewerOf = ({ viewer, orders }: ViewerQuery): Viewer => ({
  ...(viewer as Omit<Viewer, 'pays'>),
  pays: orders.nodes.some(({ billing }) => billing !== null),
});

/** Loads the signed-in user. Tries again until the gateway has answered. */
export function ViewerProvider({ children }: { children: ReactNode }) {
  const [{ data, error }, readAgain] = useQuery({ query: ViewerDocument });
  useEffect(() => {
    if (!error) return;
    const timer = setTimeout(() => readAgain({ requestPolicy: 'network-only' }), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [error, readAgain]);
  const viewer = useMemo(() => data && viewerOf(data), [data]);
  if (viewer) return <ViewerContext value={viewer}>{children}</ViewerContext>;
  return error ? <Failed error={error} /> : <Waiting />;
}
