import {
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** Tracer of the gateway. */
export const tracer = () => trace.getTracer('skybasket');

/** Span that is used while tracing is off. */
const NOOP_SPAN = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
let isExporting = false;

/** Turns the creation of spans on or off. Off by default, at no cost. */
export function exportSpans(on: boolean): void {
  isExporting = on;
}

/** Runs `work` in a span, which ends with it and records its error. */
export function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
  parent: Context = context.active(),
): Promise<T> {
  if (!isExporting) return work(NOOP_SPAN);
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

/** Trace id of the active span. Undefined without one. */
export function traceIdOf(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}
