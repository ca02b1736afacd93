import type { IncomingMessage } from 'node:http';
import { context, propagation, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { inSpan } from '../../observability';

/**
 * Runs `work` in the server span of an HTTP request, a child of the caller's span if the request has a `traceparent`.
 * `answer` runs the execution in a span of its own. It is renamed when the operation is known, and can end after the
 * response, when a deadline was exceeded.
 */
export function inRequestSpans<T>(
  request: IncomingMessage,
  requestId: string,
  work: (answer: <A>(begin: () => Promise<A>) => Promise<A>, span: Span) => Promise<T>,
): Promise<T> {
  const attributes = { 'http.request.method': request.method ?? '', 'skybasket.request.id': requestId };
  const parent = propagation.extract(context.active(), request.headers);
  const options = { kind: SpanKind.SERVER, attributes };
  return inSpan(
    `${request.method} /graphql`,
    options,
    span => work(begin => inSpan('graphql', {}, begin), span),
    parent,
  );
}

/** Records the HTTP status of the response. */
export function setStatus(span: Span, status: number): void {
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
}
