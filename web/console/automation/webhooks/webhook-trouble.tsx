import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WebhookFieldsFragment } from '../../../generated/graphql';
import { atMinute } from '../../parts/format';

/** Reason why a webhook is disabled, with its remedy, or that its receiver is failing. */
export function WebhookTrouble({ webhook }: { webhook: WebhookFieldsFragment }) {
  const { t } = useTranslation('automation');
  const { disabledAt, disabledReason, failingSince } = webhook;
  if (disabledAt) {
    return (
      <Alert color="red" title={t('webhooks.disabledTitle', { at: atMinute(disabledAt) })}>
        <Text size="sm">{disabledReason}</Text>
        <Text size="sm">{t('webhooks.disabledHint')}</Text>
      </Alert>
    );
  }
  if (!failingSince) return null;
  return (
    <Alert color="yellow">
      <Text size="sm" fw={600}>
        {t('webhooks.failingTitle', { at: atMinute(failingSince) })}
      </Text>
      <Text size="sm">{t('webhooks.failingHint')}</Text>
    </Alert>
  );
}
