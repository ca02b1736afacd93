import { Card, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type BasketFieldsFragment,
  type BillingDetailsInput,
  ConfirmBillingDocument,
} from '../../generated/graphql';
import { ActionButton } from '../parts/action-button';
import { money } from '../parts/format';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { useBasketAction } from './basket-action';
import { BasketConflict } from './basket-conflict';
import { ChangedPrices, hasChangedPrices } from './changed-prices';
import { OrderTable } from './order-table';

const FIELDS = [
  ['company', 'organization', true],
  ['vatNumber', 'off', false],
  ['email', 'email', true],
  ['addressLine1', 'address-line1', true],
  ['addressLine2', 'address-line2', false],
  ['postalCode', 'postal-code', true],
  ['city', 'address-level2', true],
  ['country', 'country', true],
] as const satisfies readonly (readonly [keyof BillingDetailsInput, string, required: boolean])[];

const EMPTY: BillingDetailsInput = {
  company: '',
  email: '',
  addressLine1: '',
  postalCode: '',
  city: '',
  country: '',
};

function withoutTypename(billing: BasketFieldsFragment['billing']): BillingDetailsInput {
  if (!billing) return EMPTY;
  return Object.fromEntries(
    FIELDS.map(([field]) => [field, billing[field] ?? null]),
  ) as unknown as BillingDetailsInput;
}

/** Second step: confirms billing information and prices, which freezes the prices. */
export function BillingStep({ basket, onDone }: { basket: BasketFieldsFragment; onDone(): void }) {
  const { t } = useTranslation('storefront');
  const confirm = useBasketAction(ConfirmBillingDocument);
  const [billing, setBilling] = useState(() => withoutTypename(basket.billing));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await confirm.run({ input: { billing, expectedVersion: basket.version } })) onDone();
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <ChangedPrices basket={basket} />
        <BasketConflict shown={confirm.conflict} />
        {!confirm.conflict && (
          <TroubleAlert trouble={confirm.trouble} fields={FIELDS.map(([field]) => field)} />
        )}
        <Card withBorder padding="lg">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {FIELDS.map(([field, autoComplete, required]) => (
              <TextInput
                key={field}
                label={t(`billing.${field}`)}
                autoComplete={autoComplete}
                required={required}
                value={billing[field] ?? ''}
                error={fieldError(confirm.trouble, 'billing', field)}
                onChange={event => setBilling({ ...billing, [field]: event.currentTarget.value || null })}
              />
            ))}
          </SimpleGrid>
        </Card>
        <Card withBorder padding="lg" hiddenFrom="md">
          <OrderTable of={basket} dueLabel={t('dueNow')} />
        </Card>
        <Group justify="space-between">
          <Text size="sm" c="dimmed" flex={1} miw={200}>
            {hasChangedPrices(basket)
              ? t('checkout.youConfirmNew')
              : t('checkout.youConfirm', { amount: money(basket.total) })}
          </Text>
          <ActionButton type="submit" size="md" loading={confirm.busy}>
            {t('checkout.confirmBilling')}
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}
