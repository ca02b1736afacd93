import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type BillingCycle,
  type ChangeDecision,
  type ChangeFieldsFragment,
  DecideSubscriptionChangeDocument,
  type SubscriptionSummaryFragment,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { ChangeText } from './change-text';

interface DecideChangeProps {
  change: ChangeFieldsFragment;
  subscription: Pick<SubscriptionSummaryFragment, 'id' | 'friendlyName' | 'availableActions'> & {
    readonly billingCycle: BillingCycle;
  };
}

/** Button that opens the decision on a change. Hidden from viewers who do not decide it. */
export function DecideChange({ change, subscription }: DecideChangeProps) {
  const { t } = useTranslation('subscriptions');
  const [opened, setOpened] = useState(false);
  const availability = subscription.availableActions.find(({ action }) => action === 'DECIDE_CHANGE');
  if (change.state !== 'PENDING' || !availability?.allowed) return null;
  return (
    <>
      <Button
        size="xs"
        aria-label={t('decide.of', { name: subscription.friendlyName })}
        onClick={() => setOpened(true)}
      >
        {t('decide.open')}
      </Button>
      {opened && (
        <DecisionDialog change={change} subscription={subscription} onClose={() => setOpened(false)} />
      )}
    </>
  );
}

function DecisionDialog({ change, subscription, onClose }: DecideChangeProps & { onClose(): void }) {
  const { t } = useTranslation('subscriptions');
  const { t: common } = useTranslation();
  const decide = useAction(DecideSubscriptionChangeDocument, 'CloudSubscription');
  const keyFor = useIdempotencyKey();
  const [note, setNote] = useState('');
  const run = async (decision: ChangeDecision) => {
    const what = { changeId: change.id, decision, note: note || null, expectedVersion: change.version };
    if (await decide.run({ input: { ...what, idempotencyKey: keyFor(what) } })) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('decide.of', { name: subscription.friendlyName })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack>
        <TroubleAlert trouble={decide.trouble} fields={['note']} />
        <ChangeText change={change} billingCycle={subscription.billingCycle} />
        <Text size="sm" c="dimmed">
          {t('decide.hint')}
        </Text>
        <Textarea
          label={t('decide.note')}
          maxLength={1000}
          autosize
          minRows={2}
          data-autofocus
          value={note}
          error={fieldError(decide.trouble, 'note')}
          onChange={event => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" disabled={decide.busy} onClick={() => run('REJECT')}>
            {t('decide.reject')}
          </Button>
          <ActionButton loading={decide.busy} onClick={() => run('ACCEPT')}>
            {t('decide.accept')}
          </ActionButton>
        </Group>
      </Stack>
    </Modal>
  );
}
