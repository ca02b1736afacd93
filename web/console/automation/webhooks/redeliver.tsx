import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeliveryFieldsFragment, RedeliverDocument } from '../../../generated/graphql';
import { useAction } from '../../data/action';
import { ActionButton } from '../../parts/action-button';
import { atMoment } from '../../parts/format';
import { TroubleAlert } from '../../parts/trouble';

/** Button that repeats a delivery, or ends the delay of one that waits. */
export function Redeliver({ delivery, blocked }: { delivery: DeliveryFieldsFragment; blocked: boolean }) {
  const { t } = useTranslation('automation');
  const redeliver = useAction(RedeliverDocument, 'Webhook');
  const [done, setDone] = useState(false);
  const { id, eventType, createdAt, state } = delivery;
  const kind = state === 'PENDING' ? 'now' : 'redeliver';
  const names = { type: eventType, at: atMoment(createdAt) };
  return (
    <>
      <ActionButton
        size="xs"
        variant="default"
        loading={redeliver.busy}
        disabled={blocked}
        {...(blocked && { title: t('deliveries.disabled') })}
        aria-label={t(`deliveries.${kind}Named`, names)}
        onClick={async () => setDone((await redeliver.run({ input: { deliveryId: id } })) !== null)}
      >
        {t(`deliveries.${kind}`)}
      </ActionButton>
      <VisuallyHidden role="status">{done && t('deliveries.done')}</VisuallyHidden>
      <TroubleAlert trouble={redeliver.trouble} />
    </>
  );
}
