import { Badge } from '@mantine/core';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { atSecond, span } from '../parts/format';
import { type Connection, POLL_MS } from './feed';
import { useFeedState } from './feed-context';

/** Name of the state of the connection, and its color. */
export function sign(connection: Connection): [text: string, color: string] {
  switch (connection.is) {
    case 'connecting':
      return [i18next.t('connection.connecting'), 'gray'];
    case 'live':
      return [i18next.t(connection.over === 'sse' ? 'connection.liveOverHttp' : 'connection.live'), 'teal'];
    case 'polling':
      return [i18next.t('connection.polling', { seconds: POLL_MS / 1000 }), 'yellow'];
    case 'interrupted':
      return [i18next.t('connection.interrupted'), 'red'];
    case 'over':
      return [i18next.t('connection.over'), 'red'];
  }
}

/** Describes the state of the connection in a sentence. */
export function describeConnection(connection: Connection): string {
  const seconds = POLL_MS / 1000;
  switch (connection.is) {
    case 'connecting':
      return i18next.t('connection.about.connecting');
    case 'interrupted':
      return i18next.t('connection.about.interrupted', { since: atSecond(connection.since) });
    case 'polling':
      return i18next.t('connection.about.polling', { seconds });
    case 'over':
      return i18next.t('connection.about.over', { reason: connection.reason });
    case 'live': {
      if (connection.caughtUp) return describeReturn(connection.caughtUp);
      const key = connection.over === 'sse' ? 'liveOverHttp' : 'live';
      return i18next.t(`connection.about.${key}`, { seconds });
    }
  }
}

function describeReturn({ awayMs, missed }: { awayMs: number; missed: number }): string {
  const away = span(awayMs);
  return missed === 0
    ? i18next.t('connection.about.missedNothing', { away })
    : i18next.t('connection.about.missed', { away, count: missed });
}

/** Indicator of the connection in the header: whether the page is up to date. */
export function ConnectionSign() {
  useTranslation();
  const { connection } = useFeedState();
  const [text, color] = sign(connection);
  return (
    <Badge
      role="status"
      variant="dot"
      color={color}
      tt="none"
      fw={500}
      title={describeConnection(connection)}
      data-connection={connection.is}
    >
      {text}
    </Badge>
  );
}
