import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  type SpanOptions,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { TypeID } from 'typeid-js';
import { inSpan, tracer } from './spans';

/** Root span of a track id, equal in every process: the trace id is derived from the UUID and not stored. */
function trackRoot(trackId: string): SpanContext {
  const hex = TypeID.fromString(trackId).toUUID().replaceAll('-', '');
  return { traceId: hex, spanId: hex.slice(16), traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

const trackAttributes = (trackId: string, more?: Attributes): Attributes => ({
  ...more,
  'skybasket.track_id': trackId,
});

/** Links the active span to the trace of `trackId`. */
export function linkToTracked(trackId: string): void {
  const span = trace.getActiveSpan();
  if (span?.isRecording())
    span.addLink({ context: trackRoot(trackId), attributes: trackAttributes(trackId) });
}

/** Runs `work` in a child span of the root of `trackId`, not of the active span, which can be unrelated. */
export function inTrackedSpan<T>(
  trackId: string,
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const attributes = trackAttributes(trackId, options.attributes);
  return inSpan(
    name,
    { ...options, attributes },
    work,
    trace.setSpanContext(ROOT_CONTEXT, trackRoot(trackId)),
  );
}

let pendingRoot: SpanContext | undefined;

/** Records the root span of `trackId`, from `startTime` until now. Called once per track id. */
export function recordTrackedRoot(trackId: string, name: string, startTime: Date, more: Attributes): void {
  pendingRoot = trackRoot(trackId);
  tracer()
    .startSpan(name, { root: true, startTime, attributes: trackAttributes(trackId, more) }, ROOT_CONTEXT)
    .end();
  pendingRoot = undefined;
}

/** Ids of the root span that is being recorded, in place of random ones. */
export const pendingRootIds = (): SpanContext | undefined => pendingRoot;
