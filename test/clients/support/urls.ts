/** Addresses of a gateway: HTTP, WebSocket and SSE. */
export const urlsOf = ({ url }: { url: string }) => ({
  http: `${url}/graphql`,
  ws: `${url.replace('http', 'ws')}/graphql`,
  sse: `${url}/graphql/stream`,
});

/** Headers of a request with this token. */
export const bearer = (token: string | null): Record<string, string> =>
  token ? { authorization: `Bearer ${token}` } : {};
