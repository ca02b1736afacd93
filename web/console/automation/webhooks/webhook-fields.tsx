import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Trouble } from '../../data/action';
import { fieldError } from '../../parts/trouble';
import { EventTypesField } from './event-types';

/** Values of a webhook that its owner chooses. */
export interface WebhookValues {
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly string[];
}

interface WebhookFieldsProps {
  values: WebhookValues;
  everyAccount: boolean;
  trouble: Trouble;
  onChange(values: WebhookValues): void;
}

/** Fields whose errors `WebhookFields` shows. */
export const WEBHOOK_FIELDS = ['url', 'description', 'eventTypes'] as const;

/** Error of the event types, whose path ends with the position of the type. */
const typesError = ({ errors }: Trouble): string | undefined =>
  errors.find(({ path }) => path?.includes('eventTypes'))?.message;

/** Fields of a webhook. */
export function WebhookFields({ values, everyAccount, trouble, onChange }: WebhookFieldsProps) {
  const { t } = useTranslation('automation');
  return (
    <>
      <TextInput
        type="url"
        label={t('webhooks.url')}
        description={t('webhooks.urlHint')}
        required
        data-autofocus
        value={values.url}
        error={fieldError(trouble, 'url')}
        onChange={event => onChange({ ...values, url: event.currentTarget.value })}
      />
      <TextInput
        label={t('webhooks.description')}
        maxLength={200}
        value={values.description}
        error={fieldError(trouble, 'description')}
        onChange={event => onChange({ ...values, description: event.currentTarget.value })}
      />
      <EventTypesField
        value={values.eventTypes}
        everyAccount={everyAccount}
        error={typesError(trouble)}
        onChange={eventTypes => onChange({ ...values, eventTypes })}
      />
    </>
  );
}
