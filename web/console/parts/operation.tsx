import { Alert, Anchor, Card, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ProvisioningOperation, ProvisioningStep } from '../../../client';
import type { OperationFieldsFragment } from '../../generated/graphql';
import { newer } from '../data/read-times';
import { useFeedState } from '../live/feed-context';
import { atMoment, words } from './format';
import { StateBadge } from './states';

/** Operation from a query or from the stream, with the same fields. */
export type Operation = OperationFieldsFragment | ProvisioningOperation;

const KINDS: Record<string, string> = {
  PROVISION: 'New subscription',
  ADD_ADDONS: 'More storage',
  DEPROVISION: 'Cancellation',
  UNDO: 'Reversal',
};

const STEPS: Record<string, string> = {
  CREATE_SUBSCRIPTION: 'Record the subscription',
  SYNCHRONIZE_RESELLER: 'Synchronize the reseller',
  IMPORT_CUSTOMER: 'Import the customer',
  ASSIGN_LICENSE: 'Assign the license',
  ASSIGN_ADDONS: 'Assign the add-ons',
  ACTIVATE_SERVICE: 'Activate the service',
  CANCEL_SERVICE: 'End it at the provider',
  RESTORE_ADDONS: 'Restore the add-ons',
};

/** Names of the kinds of operation. */
export const kindName = (kind: string): string => KINDS[kind] ?? words(kind);
/** Names of the steps. */
export const stepName = (name: string): string => STEPS[name] ?? words(name);

const done = ({ state }: Pick<ProvisioningStep, 'state'>) => state === 'SUCCEEDED' || state === 'SKIPPED';

/** Current step of an operation. Undefined if all steps are finished. */
const currentStep = (operation: Operation) => operation.steps.find(step => !done(step));

/** Describes the progress of an operation in a sentence. */
export function standing(operation: Operation): string {
  const step = currentStep(operation);
  const count = `${operation.steps.filter(done).length} of ${operation.steps.length} steps done`;
  return step ? `${stepName(step.name)} · ${count}` : count;
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
          title={`${stepName(step.name)}: ${words(step.state)}`}
        />
      ))}
    </div>
  );
}

/** Error of a failed or retrying step. */
export function StepTrouble({ operation }: { operation: Operation }) {
  const step = operation.steps.find(({ error }) => error !== null);
  if (!step?.error) return null;
  const failed = step.state === 'FAILED';
  return (
    <Alert
      variant="light"
      color={failed ? 'red' : 'yellow'}
      p="sm"
      title={failed ? `${stepName(step.name)} failed` : `${stepName(step.name)} is tried again`}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {step.error.message}
      </Text>
      <Text size="xs" c="dimmed" mt={2}>
        {words(step.error.code)}
        {step.error.providerCode !== null && `, provider’s code ${step.error.providerCode}`} ·{' '}
        {step.attempts === 1 ? 'one attempt' : `${step.attempts} attempts`}
        {failed && operation.finishedAt && ` · failed ${atMoment(operation.finishedAt)}`}
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
