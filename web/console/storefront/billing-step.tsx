import { Card, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  type BasketFieldsFragment,
  type BillingDetailsInput,
  ConfirmBillingDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { money } from '../parts/format';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { OrderTable } from './order-table';
import type { AnsweredBasket } from './use-basket';

const FIELDS: readonly (readonly [keyof BillingDetailsInput, string, string, required: boolean])[] = [
  ['company', 'Company', 'organization', true],
  ['vatNumber', 'VAT number', 'off', false],
  ['email', 'E-mail for invoices', 'email', true],
  ['addressLine1', 'Street and number', 'address-line1', true],
  ['addressLine2', 'More of the address', 'address-line2', false],
  ['postalCode', 'Postal code', 'postal-code', true],
  ['city', 'City', 'address-level2', true],
  ['country', 'Country, two letters', 'country', true],
];

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
export function BillingStep({
  basket,
  onDone,
}: {
  basket: BasketFieldsFragment;
  onDone(basket: AnsweredBasket): void;
}) {
  const confirm = useAction(ConfirmBillingDocument);
  const [billing, setBilling] = useState(() => withoutTypename(basket.billing));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await confirm.run({ input: { billing, expectedVersion: basket.version } });
    if (payload) onDone(payload.basket);
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <TroubleAlert trouble={confirm.trouble} fields={FIELDS.map(([field]) => field)} />
        <Card withBorder padding="lg">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {FIELDS.map(([field, label, autoComplete, required]) => (
              <TextInput
                key={field}
                label={label}
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
          <OrderTable lines={basket.lines} total={basket.total} />
        </Card>
        <Group justify="space-between">
          <Text size="sm" c="dimmed" flex={1} miw={200}>
            You confirm {money(basket.total)}. Should a price change before you order, you are asked again.
          </Text>
          <ActionButton type="submit" size="md" loading={confirm.busy}>
            Confirm billing
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}
