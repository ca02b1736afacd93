import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it arrived, with its attributes as a plain object. */
export interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  /** 1 internal, 2 server, 3 client, 5 consumer. */
  kind: number;
  attributes: Record<string, unknown>;
  links: { traceId: string; spanId: string; attributes: Record<string, unknown> }[];
  /** 2 is an error. */
  status: number;
  service: unknown;
}

/** A collector of traces that speaks OTLP over HTTP, as any does. */
export interface OtlpReceiver {
  url: string;
  spans: Span[];
  /** The headers of the requests that brought them. */
  requests: { path: string; type: string | undefined }[];
  stop(): Promise<void>;
}

type Pairs = { key: string; value: Record<string, unknown> }[] | undefined;

const plain = (pairs: Pairs): Record<string, unknown> =>
  Object.fromEntries(
    (pairs ?? []).map(({ key, value }) => {
      const [kind, given] = Object.entries(value)[0] ?? [];
      return [key, kind === 'intValue' ? Number(given) : given];
    }),
  );

/** Starts one. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: Span[] = [];
  const requests: OtlpReceiver['requests'] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    requests.push({ path: request.url ?? '', type: request.headers['content-type'] });
    const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString());
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = plain(resource.attributes)['service.name'];
      for (const span of scopeSpans.flatMap((scope: any) => scope.spans)) {
        const { name, traceId, spanId, parentSpanId = '', kind, status } = span;
        const links = (span.links ?? []).map((link: any) => ({
          ...link,
          attributes: plain(link.attributes),
        }));
        const attributes = plain(span.attributes);
        spans.push({
          name,
          traceId,
          spanId,
          parentSpanId,
          kind,
          attributes,
          links,
          status: status?.code ?? 0,
          service,
        });
      }
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests,
    stop: () => new Promise(resolve => server.close(() => resolve())),
  };
}
