import { Button, Card, Group, SimpleGrid, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { RequestSubscriptionChangeDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { type Changeable, useChangeDraft } from './change-draft';
import { ChangeFields } from './change-fields';
import { ChangePreview } from './change-preview';
import { usePreview } from './use-preview';

/** Form of a change, with the preview of exactly what it submits. */
export function ChangeForm({ subscription }: { subscription: Changeable }) {
  const { t } = useTranslation('subscriptions');
  const [, navigate] = useLocation();
  const draft = useChangeDraft(subscription);
  const preview = usePreview(draft.input, subscription.version);
  const request = useAction(RequestSubscriptionChangeDocument, 'CloudSubscription ProvisioningOperation');
  const keyFor = useIdempotencyKey();
  const [reason, setReason] = useState('');
  const [confirming, setConfirming] = useState(false);
  const page = `/subscriptions/${subscription.id}`;

  const send = async () => {
    const expectedVersion = await preview.confirm();
    if (!draft.input || expectedVersion === null) return;
    const what = { ...draft.input, reason: reason || null, expectedVersion };
    if (await request.run({ input: { ...what, idempotencyKey: keyFor(what) } })) navigate(page);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setConfirming(true);
    await send();
    setConfirming(false);
  };

  return (
    <form onSubmit={submit}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Card withBorder padding="lg" component="section" aria-label={t('change.wanted')}>
          <Stack>
            <ChangeFields
              subscription={subscription}
              draft={draft}
              errors={preview.isCurrent ? (preview.shown?.errors ?? []) : []}
            />
            <Textarea
              label={t('change.reason')}
              maxLength={1000}
              autosize
              minRows={2}
              value={reason}
              error={fieldError(request.trouble, 'reason')}
              onChange={event => setReason(event.currentTarget.value)}
            />
          </Stack>
        </Card>
        <Stack>
          <ChangePreview preview={preview} billingCycle={subscription.billingCycle} />
          <TroubleAlert trouble={request.trouble} fields={['reason']} />
          <Group justify="flex-end">
            <Button component={Link} href={page} variant="default">
              {t('change.keep')}
            </Button>
            <ActionButton
              type="submit"
              disabled={!preview.isCurrent || !preview.shown?.preview}
              loading={confirming}
            >
              {t('change.submit')}
            </ActionButton>
          </Group>
        </Stack>
      </SimpleGrid>
    </form>
  );
}
