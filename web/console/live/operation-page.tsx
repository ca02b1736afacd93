import { Anchor, Card, Code, Stack, Text, Timeline, Title } from '@mantine/core';
import i18next from 'i18next';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { OperationDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { History } from '../history/history';
import { FailedActions } from '../parts/failed-actions';
import { atMinute, atSecond, codeName, span } from '../parts/format';
import {
  kindName,
  type Operation,
  StepRail,
  StepTrouble,
  standing,
  stepName,
  useNewest,
} from '../parts/operation';
import { Page } from '../parts/page';
import { Failed, StateBadge, Waiting } from '../parts/states';
import { Unknown } from '../parts/unknown';
import { useFeedState } from './feed-context';

/** Page of an operation with its steps. */
export function OperationPage({ id }: { id: string }) {
  // The history has its texts there. To load them with the history would hide the page again.
  useTranslation('automation');
  const { data, error } = useLiveQuery(OperationDocument, { id }, 'ProvisioningOperation');
  if (!data) return error ? <Failed error={error} /> : <Waiting />;
  if (data.node?.__typename !== 'ProvisioningOperation') return <Unknown what="operation" back="/live" />;
  return <Story operation={data.node} />;
}

const COLORS: Record<string, string> = {
  SUCCEEDED: 'teal.7',
  RUNNING: 'indigo',
  RETRYING: 'yellow.7',
  FAILED: 'red.7',
};

function Story({ operation: read }: { operation: Operation }) {
  const { t } = useTranslation('live');
  const operation = useNewest(read);
  const { subscription, order, steps } = operation;
  const begun = steps.findLastIndex(({ state }) => state !== 'PENDING');
  return (
    <Page
      title={subscription.friendlyName}
      lead={
        <>
          {kindName(operation.kind)}
          {order && (
            <>
              {' · '}
              <Anchor component={Link} href={`/orders/${order.id}`} underline="always">
                {order.number}
              </Anchor>
            </>
          )}
          {' · '}
          {t('operation.begun', { at: atMinute(operation.createdAt) })}
        </>
      }
      aside={<StateBadge state={operation.state} />}
    >
      <Stack maw={820} gap="lg">
        <div>
          <StepRail operation={operation} />
          <Text size="sm" c="dimmed" mt={4} role="status">
            {standing(operation)}
          </Text>
        </div>
        <StepTrouble operation={operation} />
        <FailedActions operation={operation} />
        <Card withBorder padding="lg">
          <Timeline active={begun} bulletSize={18} lineWidth={2} color="teal.7">
            {steps.map(step => (
              <Timeline.Item
                key={step.name}
                title={stepName(step.name)}
                {...(COLORS[step.state] && { color: COLORS[step.state] as string })}
                data-step={step.name}
              >
                <Text size="sm" c="dimmed">
                  {stepStory(step)}
                </Text>
              </Timeline.Item>
            ))}
          </Timeline>
        </Card>
        <Messages id={operation.id} />
        <History objectId={operation.id} />
        <Text size="xs" c="dimmed">
          <Trans t={t} i18nKey="operation.trackId" components={{ code: <Code>{operation.trackId}</Code> }} />
        </Text>
      </Stack>
    </Page>
  );
}

function stepStory({
  state,
  attempts,
  startedAt,
  finishedAt,
  nextAttemptAt,
}: Operation['steps'][number]): string {
  const parts = [codeName('states', state)];
  if (startedAt) parts.push(i18next.t('live:operation.begun', { at: atSecond(startedAt) }));
  if (startedAt && finishedAt && state !== 'SKIPPED') {
    const took = span(Date.parse(finishedAt) - Date.parse(startedAt));
    parts.push(i18next.t('live:operation.took', { span: took }));
  }
  if (attempts > 1) parts.push(i18next.t('live:operation.attempts', { count: attempts }));
  if (nextAttemptAt) parts.push(i18next.t('live:operation.nextAttempt', { at: atSecond(nextAttemptAt) }));
  return parts.join(' · ');
}

/** Updates of the operation since this tab was opened. */
function Messages({ id }: { id: string }) {
  const { t } = useTranslation('live');
  const told = useFeedState().happenings.filter(({ operation }) => operation.id === id);
  if (told.length === 0) return null;
  return (
    <section aria-label={t('operation.messages')}>
      <Title order={2} size="h5" mb="xs">
        {t('operation.asItHappened')}
      </Title>
      <Stack gap={2} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {told.map(({ cursor, occurredAt, message }) => (
          <Text key={cursor} component="li" size="sm">
            <Text component="span" size="sm" c="dimmed" ff="monospace">
              {atSecond(occurredAt)}
            </Text>{' '}
            {message}
          </Text>
        ))}
      </Stack>
    </section>
  );
}
