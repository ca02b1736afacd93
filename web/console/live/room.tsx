import { Alert, SimpleGrid, Stack } from '@mantine/core';
import { Page } from '../parts/page';
import { Board } from './board';
import { tell } from './connection-sign';
import { useFeedState } from './feed-context';
import { Failures, StepTimes, Throughput } from './figures';
import { useLastHour } from './last-hour';

/** Live dashboard: running operations, and statistics of the last hour. */
export function LiveRoom() {
  const { connection } = useFeedState();
  const hour = useLastHour();
  return (
    <Page title="Live" lead="Provisioning as it happens.">
      <ConnectionNotice key={connection.is} />
      <Stack gap="xl" className="live-room">
        <Board operations={hour.operations} />
        <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg">
          <Throughput hour={hour} />
          <StepTimes hour={hour} />
          <Failures hour={hour} />
        </SimpleGrid>
      </Stack>
    </Page>
  );
}

/** Banner for an interrupted stream, and for the number of updates replayed afterwards. */
function ConnectionNotice() {
  const { connection } = useFeedState();
  const quiet = connection.is === 'connecting' || (connection.is === 'live' && !connection.caughtUp);
  if (quiet) return null;
  return (
    <Alert
      role="status"
      color={connection.is === 'live' ? 'teal' : 'red'}
      variant="light"
      title={connection.is === 'live' ? 'Back' : 'Interrupted'}
      data-notice={connection.is}
    >
      {tell(connection)}
    </Alert>
  );
}
