import {
  type Context,
  context,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** What makes spans: nothing, at next to no cost, until `startTracing` has been called. */
export const tracer = () => trace.getTracer('skybasket');

/** Runs `work` within a span that ends with it; what it throws is the span's error. */
export function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
  parent: Context = context.active(),
): Promise<T> {
  return tracer().startActiveSpan(name, options, parent, async span => {
    try {
      return await work(span);
    } catch (error) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The id of the trace that the caller's span belongs to, where there is one. */
export function traceIdOf(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}
