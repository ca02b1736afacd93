import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { HistoryDocument, type HistoryQuery } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { atMoment } from '../parts/format';
import { Failed, Waiting } from '../parts/states';
import { useEventName } from './event-name';

/** Moves the focus from the button that has gone to the entries that it has loaded. */
const focus = (list: HTMLElement | null) => list?.focus({ preventScroll: true });

/** Entries of an object in the audit trail that follow a cursor, newest first, and on request those that follow them. */
export function Entries({ objectId, after = null }: { objectId: string; after?: string | null }) {
  const { t } = useTranslation('automation');
  const { data, error } = useLiveQuery(HistoryDocument, { objectId, after }, 'AuditEntry');
  const [more, setMore] = useState(false);
  if (!data) return error ? <Failed error={error} /> : <Waiting rows={1} />;
  const { nodes, pageInfo } = data.auditTrail;
  if (nodes.length === 0) return <Text size="sm">{t('history.none')}</Text>;
  return (
    <>
      <Stack
        gap="sm"
        component="ol"
        m={0}
        p={0}
        style={{ listStyle: 'none' }}
        tabIndex={-1}
        ref={after === null ? null : focus}
      >
        {nodes.map(entry => (
          <EntryItem key={entry.id} entry={entry} />
        ))}
      </Stack>
      {pageInfo.hasNextPage && !more && (
        <Button variant="default" size="xs" style={{ alignSelf: 'flex-start' }} onClick={() => setMore(true)}>
          {t('history.more')}
        </Button>
      )}
      {pageInfo.hasNextPage && more && <Entries objectId={objectId} after={pageInfo.endCursor} />}
    </>
  );
}

function EntryItem({ entry }: { entry: HistoryQuery['auditTrail']['nodes'][number] }) {
  const { t } = useTranslation('automation');
  const nameOf = useEventName();
  const { by, type, occurredAt, message } = entry;
  return (
    <li>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        <Text span inherit fw={600}>
          {nameOf(type)}
        </Text>{' '}
        {by ? (
          <Trans t={t} i18nKey="history.by" values={{ name: by.name }} components={{ bdi: <bdi /> }} />
        ) : (
          t('history.bySystem')
        )}
      </Text>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {message}
      </Text>
      <Text size="xs" c="dimmed" component="time" dateTime={occurredAt}>
        {atMoment(occurredAt)}
      </Text>
    </li>
  );
}
