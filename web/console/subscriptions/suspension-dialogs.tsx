import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ResumeSubscriptionDocument,
  type SubscriptionSummaryFragment,
  SuspendSubscriptionDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { FormDialog } from '../parts/form-dialog';
import { fieldError } from '../parts/trouble';

interface DialogProps {
  subscription: SubscriptionSummaryFragment;
  onClose(): void;
}

/** Dialog that suspends a subscription, with a reason. */
export function SuspendDialog({ subscription, onClose }: DialogProps) {
  const { t } = useTranslation('subscriptions');
  const suspend = useAction(SuspendSubscriptionDocument, 'ProvisioningOperation');
  const keyFor = useIdempotencyKey();
  const [reason, setReason] = useState('');
  const submit = () => {
    const { id: subscriptionId, version: expectedVersion } = subscription;
    const what = { subscriptionId, reason, expectedVersion };
    return suspend.run({ input: { ...what, idempotencyKey: keyFor(what) } });
  };
  return (
    <FormDialog
      title={t('suspend.title', { name: subscription.friendlyName })}
      submit={t('suspend.submit')}
      keep={t('suspend.keep')}
      dangerous
      action={suspend}
      fields={['reason']}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{t('suspend.hint')}</Text>
      <Textarea
        label={t('reason')}
        description={t('suspend.reasonHint')}
        required
        maxLength={1000}
        autosize
        minRows={2}
        data-autofocus
        value={reason}
        error={fieldError(suspend.trouble, 'reason')}
        onChange={event => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

/** Dialog that ends the suspension of a subscription. */
export function ResumeDialog({ subscription, onClose }: DialogProps) {
  const { t } = useTranslation('subscriptions');
  const resume = useAction(ResumeSubscriptionDocument, 'ProvisioningOperation');
  const keyFor = useIdempotencyKey();
  const submit = () => {
    const what = { subscriptionId: subscription.id, expectedVersion: subscription.version };
    return resume.run({ input: { ...what, idempotencyKey: keyFor(what) } });
  };
  return (
    <FormDialog
      title={t('resume.title', { name: subscription.friendlyName })}
      submit={t('resume.submit')}
      keep={t('resume.keep')}
      action={resume}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{t('resume.hint')}</Text>
    </FormDialog>
  );
}
