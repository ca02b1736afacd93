import {
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** What makes spans. */
export const tracer = () => trace.getTracer('skybasket');

/** Stands for every span while none is exported. */
const NONE = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
let exporting = false;

/** Begins and ends the making of spans: without a collector they cost nothing. */
export function exportSpans(on: boolean): void {
  exporting = on;
}

/** Runs `work` within a span that ends with it; what it throws is the span's error. */
export function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
  parent: Context = context.active(),
): Promise<T> {
  if (!exporting) return work(NONE);
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
