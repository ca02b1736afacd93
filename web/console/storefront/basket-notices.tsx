import { Alert, Stack, Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import type { BasketFieldsFragment } from '../../generated/graphql';
import { ActionButton } from '../parts/action-button';
import { ErrorList } from '../parts/trouble';
import { noticed } from './answers';
import { useDrafts, useEdits } from './drafts';

/** Problems that a later checkout step resolves. */
const ASKED_LATER = ['RECIPIENT_REQUIRED', 'BILLING_NOT_CONFIRMED', 'BASKET_EMPTY'];

/** Notice that the basket was changed in another tab or browser. */
export function ChangedElsewhere({ shown }: { shown: boolean }) {
  const { t } = useTranslation('storefront');
  return (
    <div role="status">
      {shown && (
        <Alert
          color="blue"
          variant="light"
          title={t('basket.changedElsewhere')}
          withCloseButton
          closeButtonLabel={t('close', { ns: 'common' })}
          onClose={noticed}
        />
      )}
    </div>
  );
}

/** Edits of lines that were removed elsewhere. They cannot be saved any more. */
export function RemovedElsewhere() {
  const { t } = useTranslation('storefront');
  const drafts = useDrafts();
  const removed = [...useEdits()].filter(([, { state }]) => state === 'removed');
  return removed.map(([lineId, { name }]) => (
    <Alert key={lineId} color="yellow" role="alert" title={t('basket.removed.title')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          <Trans t={t} i18nKey="basket.removed.text" values={{ name }} components={{ bdi: <bdi /> }} />
        </Text>
        <ActionButton size="xs" variant="default" loading={false} onClick={() => drafts.forget(lineId)}>
          {t('basket.removed.discard')}
        </ActionButton>
      </Stack>
    </Alert>
  ));
}

/** Problems of the basket that no later step resolves. */
export function Problems({ basket }: { basket: BasketFieldsFragment }) {
  const { t } = useTranslation('storefront');
  const problems = basket.problems.filter(({ code }) => !ASKED_LATER.includes(code));
  if (problems.length === 0) return null;
  return (
    <Alert color="yellow" title={t('basket.attention')}>
      <ErrorList errors={problems} />
    </Alert>
  );
}
