/** Somebody of the demo data, to sign in as with one click. */
export interface DemoSignIn {
  email: string;
  password: string;
  who: string;
}

/** What the gateway writes into the page; empty where a page is served by Vite. */
interface Settings {
  playground: boolean;
  /** Empty where there is no demo data. */
  signIns: readonly DemoSignIn[];
}

/** What this gateway offers besides the graph. */
export const settings: Settings = {
  playground: false,
  signIns: [],
  ...JSON.parse(document.querySelector<HTMLMetaElement>('meta[name=skybasket]')?.content ?? '{}'),
};

/** Where the graph is: beside the page. */
export const GRAPHQL_URL = new URL('/graphql', location.href).href;
/** The same over WebSocket. */
export const STREAM_URL = GRAPHQL_URL.replace(/^http/, 'ws');
