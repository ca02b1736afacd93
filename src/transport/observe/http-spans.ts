import type { IncomingMessage } from 'node:http';
import { context, propagation, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { inSpan } from '../../observability';

/**
 * Runs `work` in the spans of a request over HTTP: below the caller's own, where it sent a `traceparent`. `answer` begins
 * what is answered, in a span of its own that is renamed when the operation is known and ends when nothing is done for it
 * any more, which may be later than the answer.
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

/** What HTTP says of the answer. */
export function setStatus(span: Span, status: number): void {
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
}
