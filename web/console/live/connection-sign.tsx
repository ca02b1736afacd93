import { Badge } from '@mantine/core';
import { span } from '../parts/format';
import { type Connection, POLL_MS } from './feed';
import { useFeedState } from './feed-context';

/** Name of the state of the connection, and its color. */
export function sign(connection: Connection): [text: string, color: string] {
  switch (connection.is) {
    case 'connecting':
      return ['Connecting', 'gray'];
    case 'live':
      return [connection.over === 'sse' ? 'Live over HTTP' : 'Live', 'teal'];
    case 'polling':
      return [`Every ${POLL_MS / 1000} s`, 'yellow'];
    case 'interrupted':
      return ['Interrupted', 'red'];
    case 'over':
      return ['Not live', 'red'];
  }
}

/** Describes the state of the connection in a sentence. */
export function tell(connection: Connection): string {
  switch (connection.is) {
    case 'connecting':
      return 'Connecting to the stream.';
    case 'interrupted':
      return 'The stream is interrupted: what is shown may be old. It comes back by itself and catches up.';
    case 'polling':
      return `There is no stream: the network may block it. What is shown is read again every ${POLL_MS / 1000} seconds.`;
    case 'over':
      return `The stream has ended: ${connection.reason}`;
    case 'live': {
      if (!connection.caughtUp) {
        return connection.over === 'sse'
          ? 'Everything is shown as it happens, with server-sent events: the network blocks the WebSocket.'
          : 'Everything is shown as it happens.';
      }
      const { awayMs, missed } = connection.caughtUp;
      const messages = missed === 1 ? 'one missed message' : `${missed} missed messages`;
      return `Caught up after ${span(awayMs)} away: ${missed === 0 ? 'nothing was missed' : `${messages} made up for`}.`;
    }
  }
}

/** Indicator of the connection in the header: whether the page is up to date. */
export function ConnectionSign() {
  const { connection } = useFeedState();
  const [text, color] = sign(connection);
  return (
    <Badge
      role="status"
      variant="dot"
      color={color}
      tt="none"
      fw={500}
      title={tell(connection)}
      data-connection={connection.is}
    >
      {text}
    </Badge>
  );
}
