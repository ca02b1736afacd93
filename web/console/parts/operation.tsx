import { Alert, Anchor, Card, Group, Stack, Text } from '@mantine/core';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ProvisioningOperation, ProvisioningStep } from '../../../client';
import type { OperationFieldsFragment } from '../../generated/graphql';
import { newer } from '../data/read-times';
import { useFeedState } from '../live/feed-context';
import { atMoment, codeName } from './format';
import { StateBadge } from './states';

/** Operation from a query or from the stream, with the same fields. */
export type Operation = OperationFieldsFragment | ProvisioningOperation;

/** Names of the kinds of operation. */
export const kindName = (kind: string): string => codeName('operations', kind);
/** Names of the steps. */
export const stepName = (name: string): string => codeName('steps', name);

const done = ({ state }: Pick<ProvisioningStep, 'state'>) => state === 'SUCCEEDED' || state === 'SKIPPED';

/** Current step of an operation. Undefined if all steps are finished. */
const currentStep = (operation: Operation) => operation.steps.find(step => !done(step));

/** Describes the progress of an operation in a sentence. */
export function standing(operation: Operation): string {
  const step = currentStep(operation);
  const count = i18next.t('operation.done', {
    done: operation.steps.filter(done).length,
    count: operation.steps.length,
  });
  return step ? i18next.t('operation.standing', { step: stepName(step.name), progress: count }) : count;
}

/** Latest version of an operation: from the stream or from the query, whichever is newer. */
export function useNewest(operation: Operation): Operation {
  return newer(operation, useFeedState().operations.get(operation.id));
}

/** Steps of an operation, side by side. */
export function StepRail({ operation }: { operation: Operation }) {
  return (
    <div
      className="steps"
      role="progressbar"
      aria-label={kindName(operation.kind)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(operation.progress * 100)}
      aria-valuetext={standing(operation)}
    >
      {operation.steps.map(step => (
        <div
          key={step.name}
          className="step"
          data-state={step.state}
          title={`${stepName(step.name)}: ${codeName('states', step.state)}`}
        />
      ))}
    </div>
  );
}

/** Error of a failed or retrying step. */
export function StepTrouble({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const step = operation.steps.find(({ error }) => error !== null);
  if (!step?.error) return null;
  const failed = step.state === 'FAILED';
  return (
    <Alert
      variant="light"
      color={failed ? 'red' : 'yellow'}
      p="sm"
      title={t(failed ? 'operation.failed' : 'operation.retrying', { step: stepName(step.name) })}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {step.error.message}
      </Text>
      <Text size="xs" c="dimmed" mt={2}>
        {[
          codeName('errors', step.error.code),
          step.error.providerCode !== null && t('operation.providerCode', { code: step.error.providerCode }),
          t('operation.attempts', { count: step.attempts }),
          failed && operation.finishedAt && t('operation.failedAt', { at: atMoment(operation.finishedAt) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </Alert>
  );
}

/** Card of an operation. */
export function OperationCard(props: {
  operation: Operation;
  customer?: string | undefined;
  action?: ReactNode;
}) {
  const { customer, action } = props;
  const operation = useNewest(props.operation);
  return (
    <Card withBorder padding="md" component="article" data-operation={operation.id}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
          <div style={{ minWidth: 0 }}>
            <Anchor
              component={Link}
              href={`/live/${operation.id}`}
              fw={600}
              style={{ overflowWrap: 'anywhere' }}
            >
              <bdi>{operation.subscription.friendlyName}</bdi>
            </Anchor>
            <Text size="xs" c="dimmed">
              {kindName(operation.kind)}
              {operation.order && ` · ${operation.order.number}`}
            </Text>
            {customer && (
              <Text size="sm">
                <bdi>{customer}</bdi>
              </Text>
            )}
          </div>
          <StateBadge state={operation.state} />
        </Group>
        <StepRail operation={operation} />
        <Text size="xs" c="dimmed">
          {standing(operation)}
        </Text>
        <StepTrouble operation={operation} />
        {action}
      </Stack>
    </Card>
  );
}
