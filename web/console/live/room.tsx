import { Alert, SimpleGrid, Stack } from '@mantine/core';
import { Page } from '../parts/page';
import { Board } from './board';
import { sign, tell } from './connection-sign';
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

const TITLES = {
  connecting: 'Connecting',
  live: 'Live',
  polling: 'Not live',
  interrupted: 'Interrupted',
  over: 'Not live',
};

/** Banner for an interrupted stream, and for the number of updates replayed afterwards. */
function ConnectionNotice() {
  const { connection } = useFeedState();
  const first = connection.is === 'live' && connection.over === 'websocket' && !connection.caughtUp;
  const quiet = connection.is === 'connecting' || first;
  if (quiet) return null;
  return (
    <Alert
      role="status"
      color={sign(connection)[1]}
      variant="light"
      title={TITLES[connection.is]}
      // Mantine's yellow title falls short of a contrast of 4.5:1.
      {...(connection.is === 'polling' && { styles: { title: { color: 'var(--mantine-color-text)' } } })}
      data-notice={connection.is}
    >
      {tell(connection)}
    </Alert>
  );
}
