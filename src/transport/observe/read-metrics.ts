import { setTotal } from '../../observability';
import type { Dependencies } from '../../services/context';
import type { FrontDoor } from '../door';
import type { PublicAnswers } from '../public/answers';
import type { Live } from '../stream/live';

/** What the transport counts by itself, because a metric would cost too much where it is counted. */
interface Counted {
  live: Live;
  answers: PublicAnswers;
  door: FrontDoor;
  /** By status. */
  responses: Float64Array;
}

/** Puts at every scrape into the metrics what is known here. */
export function readMetrics(
  { metrics, events }: Dependencies,
  { live, answers, door: { inFlight, sockets, unread }, responses }: Counted,
): void {
  const { requests, streams } = metrics;
  metrics.atScrape(() => {
    requests.responses.reset();
    for (const [status, count] of responses.entries()) {
      if (count > 0) requests.responses.inc({ status }, count);
    }
    setTotal(requests.keptAnswersSent, answers.sent);
    requests.keptAnswers.set(answers.size);
    setTotal(requests.turnedAway, inFlight.turnedAway);
    requests.inFlight.set(inFlight.now);
    requests.inFlightLimit.set(inFlight.most);
    requests.openSockets.set(sockets.size);
    requests.unreadBytes.set(unread.bytes);
    requests.closedSockets.reset();
    requests.closedSockets.inc({ limit: 'connections' }, sockets.closed);
    requests.closedSockets.inc({ limit: 'unread_bytes' }, unread.closed);
    const { connections, ...readers } = count(live, events.head);
    streams.connections.set(connections);
    streams.readers.set({ place: 'live' }, readers.live);
    streams.readers.set({ place: 'behind' }, readers.behind);
    streams.furthestBehind.set(readers.furthest);
  });
}

function count({ connections }: Live, head: number) {
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
