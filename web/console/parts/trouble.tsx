import { Alert, Anchor, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Trouble, UserError } from '../data/action';
import { ErrorText } from './error-text';

/** Message for a form field: that of the error whose path ends with the field. */
export function fieldError({ errors }: Trouble, ...path: string[]): ReactNode {
  const wanted = path.join('.');
  return textOf(errors.find(error => endsIn(error, wanted)));
}

/** Message for the number of licenses. Add-ons have quantities of their own. */
export const quantityError = ({ errors }: Trouble): ReactNode =>
  textOf(errors.find(error => endsIn(error, 'quantity') && !isAboutAddons(error)));

/** Message for the add-ons of a line, or of the line at a position of an order. */
export const addonError = ({ errors }: Trouble, index?: number): ReactNode =>
  textOf(errors.find(error => isAboutAddons(error) && (index === undefined || isAboutLine(error, index))));

const textOf = (error: UserError | undefined): ReactNode => error && <ErrorText error={error} />;

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

/** Alert with user errors and their remedies. The same error at several inputs is shown once. */
export function ErrorList({ errors }: { errors: readonly UserError[] }) {
  const distinct = new Map(errors.map(error => [error.code + error.message, error]));
  return (
    <Stack gap={4}>
      {[...distinct].map(([key, error]) => (
        <div key={key}>
          <Text size="sm" component="div">
            <ErrorText error={error} />
          </Text>
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
