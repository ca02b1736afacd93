/** Demo user to sign in as with one click. */
export interface DemoSignIn {
  email: string;
  password: string;
  who: string;
}

/** Settings that the gateway writes into the page. Empty if Vite serves the page. */
interface Settings {
  playground: boolean;
  /** Empty without demo data. */
  signIns: readonly DemoSignIn[];
}

/** Features of the gateway besides the graph. */
export const settings: Settings = {
  playground: false,
  signIns: [],
  ...JSON.parse(document.querySelector<HTMLMetaElement>('meta[name=skybasket]')?.content ?? '{}'),
};

/** URL of the graph, relative to the page. */
export const GRAPHQL_URL = new URL('/graphql', location.href).href;
/** URL of the streams with server-sent events. */
export const EVENTS_URL = new URL('/graphql/stream', location.href).href;
/** WebSocket URL of the graph. */
export const STREAM_URL = GRAPHQL_URL.replace(/^http/, 'ws');
