import { Button, Group, Modal, Radio, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  type CancellationTiming,
  RequestCancellationDocument,
  type SubscriptionSummaryFragment,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { onDay } from '../parts/format';
import { fieldError, TroubleAlert } from '../parts/trouble';

/** Dialog that requests the cancellation of a subscription. */
export function CancelDialog(props: { subscription: SubscriptionSummaryFragment; onClose(): void }) {
  const { id, friendlyName, currentPeriodEnd } = props.subscription;
  const request = useAction(RequestCancellationDocument);
  const keyFor = useIdempotencyKey();
  const [timing, setTiming] = useState<CancellationTiming>('IMMEDIATE');
  const [reason, setReason] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const what = { subscriptionId: id, timing, reason: reason || null };
    if (await request.run({ input: { ...what, idempotencyKey: keyFor(what) } })) props.onClose();
  };

  return (
    <Modal
      opened
      onClose={props.onClose}
      title={`Cancel ${friendlyName}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">
            It may not end at once: the reseller or the account manager may have to accept the request first.
          </Text>
          <TroubleAlert trouble={request.trouble} fields={['reason']} />
          <Radio.Group
            label="When shall it end?"
            value={timing}
            onChange={value => setTiming(value as CancellationTiming)}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="IMMEDIATE" label="As soon as it is accepted" />
              <Radio
                value="END_OF_PERIOD"
                disabled={!currentPeriodEnd}
                label={`At the end of the billing period${currentPeriodEnd ? `, ${onDay(currentPeriodEnd)}` : ''}`}
              />
            </Stack>
          </Radio.Group>
          <Textarea
            label="Why? (optional)"
            maxLength={1000}
            autosize
            minRows={2}
            value={reason}
            error={fieldError(request.trouble, 'reason')}
            onChange={event => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              Keep it
            </Button>
            <ActionButton type="submit" color="red.9" loading={request.busy}>
              Submit
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
