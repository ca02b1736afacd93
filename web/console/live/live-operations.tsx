import { Alert, SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../parts/page';
import { Failed, Waiting } from '../parts/states';
import { Board } from './board';
import { describeConnection, sign } from './connection-sign';
import { useFeedState } from './feed-context';
import { Failures, StepTimes, Throughput } from './figures';
import { useLastHour } from './last-hour';

/** Live dashboard: running operations, and statistics of the last hour. */
export function LiveOperations() {
  const { t } = useTranslation('live');
  const { connection } = useFeedState();
  const { hour, error } = useLastHour();
  return (
    <Page title={t('title')} lead={t('lead')}>
      <ConnectionNotice key={connection.is} />
      {error && <Failed error={error} />}
      {!hour && !error && <Waiting />}
      {hour && (
        <Stack gap="xl" className="live-operations">
          <Board operations={hour.operations} complete={hour.complete} />
          <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg">
            <Throughput hour={hour} />
            <StepTimes hour={hour} />
            <Failures hour={hour} />
          </SimpleGrid>
        </Stack>
      )}
    </Page>
  );
}

/** Banner for an interrupted stream, and for the number of updates replayed afterwards. */
function ConnectionNotice() {
  const { t } = useTranslation();
  const { connection } = useFeedState();
  const first = connection.is === 'live' && connection.over === 'websocket' && !connection.caughtUp;
  const quiet = connection.is === 'connecting' || first;
  if (quiet) return null;
  return (
    <Alert
      role="status"
      color={sign(connection)[1]}
      variant="light"
      title={t(`connection.titles.${connection.is}`)}
      // Mantine's yellow title falls short of a contrast of 4.5:1.
      {...(connection.is === 'polling' && { styles: { title: { color: 'var(--mantine-color-text)' } } })}
      data-notice={connection.is}
    >
      {describeConnection(connection)}
    </Alert>
  );
}
