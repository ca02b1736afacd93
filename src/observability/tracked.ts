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

/**
 * The root of everything that is done under a track id, on whichever process and however often it is retried. Track ids
 * are UUIDs, as long as the ids of traces: so the one is the other, and nothing has to be stored to find it again.
 */
function rootOf(trackId: string): SpanContext {
  const hex = TypeID.fromString(trackId).toUUID().replaceAll('-', '');
  return { traceId: hex, spanId: hex.slice(16), traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

const named = (trackId: string, more?: Attributes): Attributes => ({
  ...more,
  'skybasket.track_id': trackId,
});

/** What the caller does has led to what is done under `trackId`: its span is linked to that trace. */
export function linkToTracked(trackId: string): void {
  const span = trace.getActiveSpan();
  if (span?.isRecording()) span.addLink({ context: rootOf(trackId), attributes: named(trackId) });
}

/** Runs `work` in a span below the root of `trackId`, not below the caller's, who may have come by for another reason. */
export function inTrackedSpan<T>(
  trackId: string,
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const attributes = named(trackId, options.attributes);
  return inSpan(name, { ...options, attributes }, work, trace.setSpanContext(ROOT_CONTEXT, rootOf(trackId)));
}

let next: SpanContext | undefined;

/** Makes the root of `trackId`, which lasts from `startedAt` until now. To be called once for each. */
export function makeTrackedRoot(trackId: string, name: string, startTime: Date, more: Attributes): void {
  next = rootOf(trackId);
  tracer()
    .startSpan(name, { root: true, startTime, attributes: named(trackId, more) }, ROOT_CONTEXT)
    .end();
  next = undefined;
}

/** The ids that the root which is being made has to get, instead of ones by chance. */
export const idsOfRoot = (): SpanContext | undefined => next;
