import { setTotal } from '../../observability';
import type { Dependencies } from '../../services/context';
import type { TransportLimits } from '../limits';
import type { PublicAnswers } from '../public/answers';
import type { StreamServices } from '../stream/stream-services';

/** Parts of the transport that count by themselves, because updating a metric on their path costs too much. */
interface TransportSources {
  streamServices: StreamServices;
  answers: PublicAnswers;
  limits: TransportLimits;
  /** Number of responses by status. */
  responses: Float64Array;
}

/** Copies the counts of the transport into the metrics at every scrape. */
export function collectTransportMetrics(
  { metrics, events }: Dependencies,
  { streamServices, answers, limits: { inFlight, sockets, unread }, responses }: TransportSources,
): void {
  const { requests, streams } = metrics;
  metrics.onScrape(() => {
    requests.responses.reset();
    for (const [status, count] of responses.entries()) {
      if (count > 0) requests.responses.inc({ status }, count);
    }
    setTotal(requests.cachedAnswersSent, answers.cachedSent);
    requests.cachedAnswers.set(answers.size);
    setTotal(requests.rejected, inFlight.rejected);
    requests.inFlight.set(inFlight.current);
    requests.inFlightLimit.set(inFlight.max);
    requests.openSockets.set(sockets.size);
    requests.unreadBytes.set(unread.bytes);
    requests.closedSockets.reset();
    requests.closedSockets.inc({ limit: 'connections' }, sockets.closedAtLimit);
    requests.closedSockets.inc({ limit: 'unread_bytes' }, unread.closedAtLimit);
    const { connections, ...readers } = measureStreams(streamServices, events.head);
    streams.connections.set(connections);
    streams.readers.set({ place: 'live' }, readers.live);
    streams.readers.set({ place: 'behind' }, readers.behind);
    streams.furthestBehind.set(readers.furthest);
  });
}

function measureStreams({ connections }: StreamServices, head: number) {
  const counted = { connections: 0, live: 0, behind: 0, furthest: 0 };
  for (const { readers } of connections) {
    counted.connections += 1;
    for (const { isLive, position } of readers) {
      counted[isLive ? 'live' : 'behind'] += 1;
      if (!isLive) counted.furthest = Math.max(counted.furthest, head - position);
    }
  }
  return counted;
}
