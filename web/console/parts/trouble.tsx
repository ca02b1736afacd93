import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Trouble, UserError } from '../data/action';

/** Message for a form field: that of the error whose path ends with the field. */
export function fieldError({ errors }: Trouble, ...path: string[]): string | undefined {
  const wanted = path.join('.');
  return errors.find(error => endsIn(error, wanted))?.message;
}

/** Message for the number of licenses. Add-ons have quantities of their own. */
export const quantityError = ({ errors }: Trouble): string | undefined =>
  errors.find(error => endsIn(error, 'quantity') && !isAboutAddons(error))?.message;

/** Message for the add-ons of a line, or of the line at a position of an order. */
export const addonError = ({ errors }: Trouble, index?: number): string | undefined =>
  errors.find(error => isAboutAddons(error) && (index === undefined || isAboutLine(error, index)))?.message;

const isAboutAddons = ({ path }: UserError): boolean => path?.includes('addons') ?? false;
const isAboutLine = ({ path }: UserError, index: number): boolean =>
  `.${path?.join('.')}.`.includes(`.lines.${index}.`);

const endsIn = ({ path }: UserError, wanted: string): boolean =>
  path !== null && `.${path.join('.')}`.endsWith(`.${wanted}`);

/** Additional content for each type of error. */
function Help({ error }: { error: UserError }) {
  const { t } = useTranslation();
  switch (error.__typename) {
    case 'ActiveSubscriptionExistsError':
      return (
        error.subscription && (
          <Anchor component={Link} href={`/subscriptions/${error.subscription.id}`} size="sm">
            <Trans
              i18nKey="trouble.open"
              values={{ name: error.subscription.friendlyName }}
              components={{ name: <bdi /> }}
            />
          </Anchor>
        )
      );
    case 'VersionConflictError':
      return (
        <Anchor component="button" type="button" size="sm" onClick={() => location.reload()}>
          {t('trouble.reload')}
        </Anchor>
      );
    case 'ProviderRejectedError':
      return error.providerCode === null ? null : (
        <Text size="xs" c="dimmed">
          {t('trouble.providerCode', { code: error.providerCode })}
        </Text>
      );
    default:
      return null;
  }
}

/** Alert with user errors and their remedies. */
export function ErrorList({ errors }: { errors: readonly UserError[] }) {
  return (
    <Stack gap={4}>
      {errors.map(error => (
        <div key={error.code + error.message}>
          <Text size="sm">{error.message}</Text>
          <Help error={error} />
        </div>
      ))}
    </Stack>
  );
}

/** Whether a form shows an error at `field`. The field `addons` shows the errors of its items. */
const isAt = (error: UserError, field: string): boolean =>
  endsIn(error, field) || (field === 'addons' && isAboutAddons(error));

/** Alert with the errors of an action, except those that the form shows at its `fields`. */
export function TroubleAlert({ trouble, fields = [] }: { trouble: Trouble; fields?: readonly string[] }) {
  const { t } = useTranslation();
  const errors = trouble.errors.filter(error => !fields.some(field => isAt(error, field)));
  if (errors.length === 0 && !trouble.broken) return null;
  return (
    <Alert color="red" title={t('trouble.notDone')} role="alert">
      {trouble.broken && <Text size="sm">{trouble.broken}</Text>}
      <ErrorList errors={errors} />
    </Alert>
  );
}
